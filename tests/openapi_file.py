"""docs/openapi.json, as the bundled dossier gives it: `make openapi` writes it, and refuses to break clients.

What was removed or narrowed since the file was last written needs a version that may break clients (docs/stability.md).
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from app.main import create_app
from app.settings import Settings
from breaking import breaks, may_break
from releases.publishing import BUNDLED, ROOT, published
from visitor import Visitor

FILE = ROOT / "docs" / "openapi.json"
HOST = "127.0.0.1:8000"  # where `make serve` listens


def served() -> Any:
    """The document that a server of the bundled dossier answers with."""
    with tempfile.TemporaryDirectory() as folder:
        published(Path(folder), BUNDLED)
        with Visitor(create_app(Settings(store=Path(folder)))) as visitor:
            answer = visitor.get("/openapi.json", headers={"host": HOST})
    assert answer.status_code == 200, answer.text
    return answer.json()


def written(openapi: Any) -> str:
    """As the file has it."""
    return json.dumps(openapi, ensure_ascii=False, indent=2) + "\n"


def renew(file: Path, now: Any) -> list[str]:
    """Write the file, unless that would break clients within a version; what breaks them."""
    before = json.loads(file.read_text(encoding="utf-8")) if file.exists() else now
    broken = breaks(before, now)
    if broken and not may_break(before["info"]["version"], now["info"]["version"]):
        return broken
    file.write_text(written(now), encoding="utf-8")
    return []


if __name__ == "__main__":
    if found := renew(FILE, served()):
        sys.exit("\n".join((*found, "This breaks clients: raise API_VERSION in app/web/site.py, or take it back.")))
