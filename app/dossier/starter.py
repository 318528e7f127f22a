"""The dossier that a curator starts with: the files of `template`, under an id of its own; or the example."""

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from app.dossier.layout import DOSSIER
from app.values.slugs import is_slug

EXAMPLE = "lindvik-recall"

_SCHEMAS = re.compile(r"(# yaml-language-server: \$schema=)(?:\.\./)*docs/schemas/")
_ID = re.compile(r"^(?:- )?id: (.+)$", re.MULTILINE)
_NO_TEXT = re.compile(r"\d.*|true|false|null")  # to YAML, without quotes


def starter(id: str) -> Mapping[str, str]:
    """The text of each file by name; the template's own id stays where this one is no slug or that of its records."""
    template = files("app.dossier") / "template"
    found = {file.name: file.read_text(encoding="utf-8") for file in template.iterdir()}
    if is_slug(id) and not any(id in _ID.findall(text) for text in found.values()):
        written = f'id: "{id}"' if _NO_TEXT.fullmatch(id) else f"id: {id}"
        name = f"{DOSSIER}.yaml"
        found[name] = _ID.sub(written, found[name], count=1)
    return dict(sorted(found.items()))


def example() -> Mapping[str, str]:
    """The text of each file of the example by its path, with the schemas beside it."""
    packaged = Path(__file__).parent / "example"
    folder = packaged if packaged.is_dir() else Path(__file__).parents[2] / "examples" / EXAMPLE
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".txt"))
    found = {path.relative_to(folder): path.read_bytes().decode("utf-8") for path in paths}
    return {
        path.as_posix(): _SCHEMAS.sub(rf"\g<1>{'../' * (len(path.parts) - 1)}schemas/", text)
        for path, text in found.items()
    }
