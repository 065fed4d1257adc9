"""Which files we take from a household: PDF, JPEG and PNG, by their content, of a size that can be read."""

from __future__ import annotations

import re
import unicodedata

from openhix.kernel.story import _

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE  # one file
MOST = 5  # files at a time
LONGEST_NAME = 80
TOO_MANY = _("Send at most 5 files at a time. Send this one next.")

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"

# Parts of a PDF that act when it is opened, or that hide something else in it. They may be written with #-codes.
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b")
_CODED = re.compile(rb"#([0-9A-Fa-f]{2})")
_LOCKED = re.compile(rb"/Encrypt\b")


class BadPaper(ValueError):
    """A file that we do not take; the message is a marked sentence that says what to do."""


def check_size(size: int) -> None:
    """Bytes of a file. Raises BadPaper."""
    if not size:
        raise BadPaper(_("This file is empty. Choose another one."))
    if size > LARGEST:
        raise BadPaper(_("This file is larger than 10 MB. Send a smaller picture, or the pages one by one."))


def kind_of(content: bytes) -> str:
    """The kind of a file, by what is in it: what its name says of it is not believed. Raises BadPaper."""
    check_size(len(content))
    if content.startswith(b"%PDF-"):
        return _readable(content)
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-64:]:
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in content[-64:]:
        return PNG
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG")):
        raise BadPaper(_("This picture is not whole. Take or save it again."))
    raise BadPaper(_("This is not a PDF, JPEG or PNG file. Take a picture of the paper, or save it as a PDF."))


def _readable(content: bytes) -> str:
    """What is packed inside the file is not seen here: a page that shows it lets nothing in it act."""
    if b"%%EOF" not in content[-2048:]:
        raise BadPaper(_("This PDF is not whole. Save it again."))
    plain = _CODED.sub(lambda code: bytes([int(code[1], 16)]), content)
    if _LOCKED.search(plain):
        raise BadPaper(_("This PDF has a password. Save it without one."))
    if _ACTIVE.search(plain):
        raise BadPaper(_("This PDF holds a program or other files. Print it to a new PDF, and send that."))
    return PDF


def shown_name(name: str) -> str:
    """A file's name as it may be shown: its last part, printable, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    printable = "".join(each for each in last if each.isprintable()).strip()
    return printable[-LONGEST_NAME:] or "paper"
