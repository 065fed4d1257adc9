"""The port of the web server, told by `--port` or by the variable PORT."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

HIGHEST = 65_535


class _Port(click.ParamType[int]):
    name = "port"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value).strip()
        if not (text.isascii() and text.isdecimal() and len(text) < 6 and 1 <= int(text) <= HIGHEST):
            self.fail(f"{text[:20]!r} is no port. A port is a number from 1 to {HIGHEST}, such as 8001.", param, ctx)
        return int(text)


def port_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--port`, or else PORT, or else 8000."""
    says = "Port to listen on."
    return click.option("--port", default=8000, envvar="PORT", show_default=True, type=_Port(), help=says)(command)
