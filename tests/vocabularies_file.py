"""app/vocabularies/compiled.json, which is read at run time: `make vocabularies` makes it of the YAML beside it."""

import json
from pathlib import Path
from typing import Any

from app.dossier.nodes import parse

FOLDER = Path(__file__).parent.parent / "app" / "vocabularies"
FILE = FOLDER / "compiled.json"


def compiled() -> str:
    """The text of the file: what each vocabulary's file says, by its name."""
    documents = {path.stem: _document(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
    return json.dumps(documents, ensure_ascii=False, indent=1) + "\n"


def _document(text: str) -> Any:
    tree = parse(text)
    assert tree.root is not None, tree.flaws
    assert not tree.flaws, tree.flaws
    return tree.root.plain()


if __name__ == "__main__":
    FILE.write_text(compiled(), encoding="utf-8")
