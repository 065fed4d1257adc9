"""How files come in: into memory alone, never in the clear onto a disk, and only where a page takes them.

A view says that it takes files (`takes_files`). Elsewhere they are skipped unread. Of a file that is larger than we
take, no more is kept than shows that it is, so that the page can say so beside its name.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from openhix.correspondence.papers import LARGEST, MEGABYTE, MOST

MOST_AT_ALL = 4 * MOST * LARGEST + MEGABYTE  # a request that is larger is refused before it is read


def takes_files(view: Any) -> Any:
    """Mark a view, below the decorators that say who may see it."""
    view.takes_files = True
    return view


class InMemory(FileUploadHandler):
    """For FILE_UPLOAD_HANDLERS."""

    taken = 0  # files of this request

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: str, encoding: str | None = None
    ) -> None:
        if content_length > MOST_AT_ALL:
            raise RequestDataTooBig("the files are larger together than a page takes")

    def new_file(self, *args: Any, **named: Any) -> None:
        super().new_file(*args, **named)
        match = self.request.resolver_match if self.request else None
        if not getattr(getattr(match, "func", None), "takes_files", False):
            raise SkipFile
        self.taken += 1
        self.file, self.received = BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > LARGEST or self.taken > MOST:
            self.file = BytesIO()
        else:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file, self.field_name, self.file_name or "paper", self.content_type or "", file_size, self.charset
        )
