"""The files of an import, staged in a hidden folder of the dossier: put into their places all together, or none."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import IO, Any, Final

import orjson
import yaml

from app.dossier.layout import SHELVES
from app.dossier.scalars import scalar
from app.entries import ENTRIES
from app.imports.record import Record

DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
WIDTH: Final = 116  # characters of a line


class Taken(Exception):
    """Files stand where the import would write; the message names them."""


class _Dumper(DUMPER):  # type: ignore[misc]  # which of both it is depends on how PyYAML was built
    """Writes what our reader reads: it knows more numbers than YAML 1.1, and no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if scalar(text) is text else '"')


_Dumper.add_representer(str, _text)


def as_yaml(value: Mapping[str, object]) -> bytes:
    """An entry as an item of a YAML list."""
    text: str = yaml.dump([value], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    return text.encode()


def as_json(value: Mapping[str, object]) -> bytes:
    """An entry as a line of NDJSON."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


WRITERS: Final[Mapping[str, Callable[[Mapping[str, object]], bytes]]] = {".yaml": as_yaml, ".ndjson": as_json}


class Staged:
    """The files `claims/NAME.yaml`, `actors/NAME.yaml` … of one import; `replaced` are those that were there before.

    Raises Taken for files of that name, unless they are to be replaced.
    """

    def __init__(self, folder: Path, name: str, suffix: str, replace: bool) -> None:
        self.folder, self._name, self._write = folder, f"{name}{suffix}", WRITERS[suffix]
        there = [folder / shelf / f"{name}{end}" for shelf in SHELVES for end in WRITERS]
        self.replaced = frozenset(path for path in there if path.is_file())
        if self.replaced and not replace:
            raise Taken(" and ".join(sorted(path.as_posix() for path in self.replaced)))
        self._open: dict[str, IO[bytes]] = {}

    def __enter__(self) -> "Staged":
        self._beside = Path(mkdtemp(prefix=".import-", dir=self.folder))
        return self

    def __exit__(
        self, type: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._open.values():
            file.close()
        shutil.rmtree(self._beside, ignore_errors=True)

    def add(self, record: Record) -> None:
        """Write a record, its members in the order of its kind."""
        if record.kind not in self._open:
            self._begin(record.kind)
        members = (field.alias or name for name, field in ENTRIES[record.kind].model_fields.items())
        ordered = {name: record.value[name] for name in members if name in record.value}
        self._open[record.kind].write(self._write({**ordered, **record.value}))

    def _begin(self, kind: str) -> None:
        file = self._open[kind] = (self._beside / f"{kind}-new").open("wb")
        schema = f"schemas/{ENTRIES[kind].collection}.schema.json"
        if self._name.endswith(".yaml") and (self.folder / schema).is_file():
            file.write(f"# yaml-language-server: $schema=../{schema}\n".encode())

    def publish(self) -> list[Path]:
        """Put the files into their places; if one cannot be put there, all is as it was before. Return the files."""
        targets = {kind: self.folder / ENTRIES[kind].collection / self._name for kind in self._open}
        for file in self._open.values():
            file.flush()
            os.fsync(file.fileno())
        with self._or_as_before(targets.values()):
            for kind, path in targets.items():
                path.parent.mkdir(exist_ok=True)
                os.replace(self._beside / f"{kind}-new", path)
            for path in self.replaced - {*targets.values()}:
                path.unlink()
        return [*targets.values()]

    @contextmanager
    def _or_as_before(self, targets: Iterable[Path]) -> Iterator[None]:
        """Have everything as it was if a file cannot be put into its place, or the command is interrupted."""
        before = {path: self._beside / f"{number}-before" for number, path in enumerate(self.replaced)}
        for path, kept in before.items():
            shutil.copyfile(path, kept)
        made = [path.parent for path in targets if not path.parent.exists()]
        try:
            yield
        except BaseException:
            for path, kept in before.items():
                os.replace(kept, path)
            for path in filter(Path.is_file, {*targets} - self.replaced):
                path.unlink()
            for folder in filter(Path.exists, made):
                folder.rmdir()
            raise
