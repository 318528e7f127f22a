"""The same dossier, written in another way: other files, another order of entries and members."""

import json
import shutil
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

LEFT_ALONE = ("texts", "schemas")


def turned(dossier: Path, folder: Path) -> Path:
    """A copy whose lists of entries run backwards, cut into several files, members in reverse order, half as NDJSON."""
    made = folder / "".join(reversed(dossier.name))
    for path in sorted(dossier.rglob("*")):
        inside = path.relative_to(dossier)
        if path.is_dir() or inside.parts[0] in LEFT_ALONE or path.suffix not in (".yaml", ".ndjson"):
            continue
        _turn(path, made, inside)
    for name in LEFT_ALONE:
        if (dossier / name).exists():
            shutil.copytree(dossier / name, made / name)
    return made


def _turn(path: Path, made: Path, inside: Path) -> None:
    written = _read(path)
    if not isinstance(written, list) or inside.name == "removed.yaml":
        _write(made / inside, _reversed(written))
        return
    shelf = made / inside.parts[0].removesuffix(inside.suffix)
    entries = [_reversed(entry) for entry in reversed(written)]
    half = len(entries) // 2
    for name, part in ((f"z-{inside.stem}", entries[:half]), (f"a-{inside.stem}", entries[half:])):
        if part:
            _write(shelf / f"{name}.yaml", CommentedSeq(part))


def _read(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()] if path.suffix == ".ndjson" else _yaml().load(text)


def _write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        _yaml().dump(value, file)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    return yaml


def _reversed(value: Any) -> Any:
    """Members in reverse order at every depth; lists inside an entry keep theirs, which is content."""
    if isinstance(value, dict):
        return CommentedMap((name, _reversed(value[name])) for name in reversed(list(value)))
    if isinstance(value, list):
        return CommentedSeq(_reversed(each) for each in value)
    return value
