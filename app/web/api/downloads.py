"""Downloads: files whose bytes never change, whole or a range of them (RFC 9110 section 14, RFC 9530)."""

import base64
import re
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from app.errors import RangeNotSatisfiable
from app.web.api.conditional import VARY, not_modified, unchanged

RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{1,18})?|-(\d{1,18}))", re.ASCII)  # one range
PIECE = 256 * 1024  # bytes that are read at once

Pieces = Generator[bytes, None, None]


@dataclass(frozen=True)
class Download:
    """A file by the sha256 of its bytes; `read` gives those from one position up to another, in pieces."""

    name: str
    media_type: str
    sha256: str
    size: int
    described_by: str  # the URL that says what it is
    read: Callable[[int, int], Pieces]

    def headers(self, cache_control: str) -> dict[str, str]:
        """What tells the file apart from any other: a strong ETag, by which a download can be resumed, and its hash."""
        digest = base64.b64encode(bytes.fromhex(self.sha256)).decode()
        return {
            "ETag": f'"{self.sha256}"',
            "Repr-Digest": f"sha-256=:{digest}:",
            "Cache-Control": cache_control,
            "Vary": VARY,
            "Accept-Ranges": "bytes",
            "Content-Disposition": f'attachment; filename="{self.name}"',
            "Link": f'<{self.described_by}>; rel="describedby"',
        }


def download_response(request: Request, file: Download, cache_control: str) -> Response:
    """The file, or the range of it that is asked for, or 304; raises RangeNotSatisfiable."""
    headers = file.headers(cache_control)
    if not_modified(request, headers["ETag"]):
        return unchanged(headers)
    found = _range(request, file)
    start, end = found or (0, file.size)
    if found:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    headers["Content-Length"] = str(end - start)
    status = 206 if found else 200
    if request.scope["state"].get("head"):
        return Response(b"", status, headers, file.media_type)
    return _Sent(file.read(start, end), status, headers, file.media_type)


def file_pieces(path: Path, start: int, end: int) -> Pieces:
    """The bytes of a file from one position up to another."""
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (piece := file.read(min(PIECE, end - start))):
            start += len(piece)
            yield piece


def cut_pieces(pieces: Pieces, start: int, end: int) -> Pieces:
    """The same of what comes in pieces anyway."""
    at = 0
    for piece in pieces:
        if at + len(piece) > start:
            yield piece[max(0, start - at) : end - at]
        at += len(piece)
        if at >= end:
            return


def _range(request: Request, file: Download) -> tuple[int, int] | None:
    """The one range that is asked for; one that cannot be read is ignored, and any if the client has another file."""
    wanted = RANGE.fullmatch(request.headers.get("range", ""))
    if wanted is None or request.headers.get("if-range", f'"{file.sha256}"') != f'"{file.sha256}"':
        return None
    start, end = _bounds(wanted, file.size)
    if start >= file.size:
        raise RangeNotSatisfiable(f"The file has {file.size} bytes.", headers={"Content-Range": f"bytes */{file.size}"})
    return (start, min(end, file.size)) if start < end else None


def _bounds(wanted: re.Match[str], size: int) -> tuple[int, int]:
    """Where the range begins and ends, the end not included; it may lie behind the file, or end before it begins."""
    first, last, suffix = wanted.groups()
    if first is None:
        return max(0, size - int(suffix)), size
    return int(first), int(last) + 1 if last else size


class _Sent(StreamingResponse):
    """The pieces, each read on a thread; what they are read from is closed when the client leaves, too."""

    def __init__(self, pieces: Pieces, status: int, headers: dict[str, str], media_type: str) -> None:
        super().__init__(pieces, status, headers, media_type)
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._pieces.close()
