"""A command imports only what it needs, so that it starts at once."""

import subprocess
import sys

import pytest

from dossier.dossiers import SMALL
from releases.publishing import ROOT

CALL = """
import sys
from app.cli import app
try:
    app(sys.argv[1:])
finally:
    print(*(name for name in sys.modules if "." not in name), file=sys.stderr)
"""
SERVING = {"fastapi", "starlette", "uvicorn", "jinja2"}
STORING = {"alembic", "pydantic_settings"}
DATABASE = {"sqlalchemy", "sqlmodel", "pyroaring", "cql2"}
DATA = DATABASE | {"orjson", "yaml"}  # Typer itself reads arguments with pydantic


def imported(*words: str) -> set[str]:
    """The packages that a command has imported when it ends."""
    done = subprocess.run([sys.executable, "-c", CALL, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("words", "unneeded"),
    [
        (["--version"], SERVING | STORING | DATA | {"pydantic", "rich"}),
        (["--help"], SERVING | STORING | DATA | {"pydantic"}),
        (["check", "--help"], SERVING | STORING | DATA),
        (["anchor", f"{SMALL}/texts/note.txt"], SERVING | STORING | DATA),
        (["check", str(SMALL)], SERVING | STORING | DATABASE),
        (["check", "--against", f"{SMALL}/../faults-before.ndjson", str(SMALL)], SERVING | STORING | DATABASE),
        (["verify", str(SMALL), "--texts", f"{SMALL}/texts"], SERVING | STORING | DATABASE),
        (["schema", "events"], SERVING | STORING | DATABASE),
        (["vocabulary", "measures"], SERVING | STORING | DATABASE | {"yaml"}),
        (["import", "--help"], SERVING | STORING | DATA | {"openpyxl"}),
        (["build", "--help"], SERVING | STORING | DATA),
        (["preview", "--help"], SERVING | STORING | DATA),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_imports_only_what_it_needs(words: list[str], unneeded: set[str]) -> None:
    assert imported(*words) & unneeded == set()


def test_who_serves_a_folder_has_no_driver_for_postgresql() -> None:
    made = "import sys; from app.main import create_app; create_app(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", made], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "app.releases.sqlite" in done.stdout.split()
    assert not [name for name in done.stdout.split() if name.startswith(("psycopg", "app.releases.postgres"))]
