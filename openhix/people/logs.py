"""What no log says: the links that open an account, whose household staff look at, and the rows of people that a
database quotes in its errors."""

from __future__ import annotations

import logging
import re

LEFT_OUT = (
    (re.compile(r"(/account/(?:confirm|password/new)/)[^\s/]+"), r"\1..."),
    (re.compile(r"(/staff/households/)[^\s/]+"), r"\1..."),
    (re.compile(r"^DETAIL:.*$", re.MULTILINE), "DETAIL: left out of the log"),
)


class Line(logging.Formatter):
    """For LOGGING: a line of the log, with its traceback, without those."""

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for pattern, instead in LEFT_OUT:
            line = pattern.sub(instead, line)
        return line
