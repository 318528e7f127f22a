"""Lists and releases as files: each is written under another name, and gets its own once it is whole."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from os import PathLike
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from onrecord_client import bundles
from onrecord_client.errors import UnexpectedAnswer
from onrecord_client.exchange import Envelope, Exchange, Flow
from onrecord_client.models import ReleaseDocument
from onrecord_client.question import Question, segment
from onrecord_client.values import Several

FilePath = str | PathLike[str]

FORMATS = {".csv": "csv", ".ndjson": "ndjson", ".geojson": "geojson", ".jsonld": "jsonld"}
RELEASE_FILES = {".sqlite": "onrecord.sqlite", ".ndjson": "entries.ndjson"}


def list_file(exchange: Exchange, question: Question, to: FilePath, format: str | None, fields: Several) -> Flow[Path]:
    """Everything that matches, in this format or in the one that the name of the file ends in."""
    path = Path(to)
    chosen = format or _by_ending(path, FORMATS)
    if chosen == "json":
        raise ValueError("JSON comes in pages, and a file has everything: ndjson is the same documents, one a line.")
    asked = question.but(fields=fields)
    with _written(path) as file:
        if chosen in bundles.BUNDLED:
            yield from bundles.into_file(exchange, asked, chosen, file)
        else:
            yield from exchange.download(asked.but(format=chosen, limit=None), file)
    return path


def release_file(exchange: Exchange, release: str, to: FilePath) -> Flow[Path]:
    """A release as its database or its curated input; raises UnexpectedAnswer where its sha256 is another one."""
    path = Path(to)
    name = _by_ending(path, RELEASE_FILES)
    known = (yield from exchange.get(Question(f"/releases/{segment(release)}"), Envelope[ReleaseDocument])).data
    expected = known.id if name == "entries.ndjson" else known.sqlite_sha256
    with _written(path) as file:
        hashed = _Hashed(file)
        yield from exchange.download(Question(f"/releases/{known.id}/{name}"), hashed)
        if expected and hashed.sha256.hexdigest() != expected:
            raise UnexpectedAnswer(f"{name} of release {known.id} has another sha256 than the release tells.")
    return path


class _Hashed:
    """A file that knows the sha256 of what was written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.sha256 = sha256()

    def write(self, piece: bytes, /) -> None:
        self.sha256.update(piece)
        self.file.write(piece)


@contextmanager
def _written(path: Path) -> Iterator[BinaryIO]:
    """A new file in the same folder; it replaces what is at the path once it is whole, else nothing is left of it."""
    partial = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        with partial.open("xb") as file:
            yield file
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _by_ending(path: Path, kinds: Mapping[str, str]) -> str:
    if kind := kinds.get(path.suffix.lower()):
        return kind
    raise ValueError(f"The name of a file tells what is in it, by its end: {', '.join(kinds)}; {path.name!r} does not.")
