"""openapi-python-client: generated, checked by mypy --strict, run."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from clients.steps import run
from openapi_file import FILE
from patience import PATIENCE

HERE = Path(__file__).parent
# Where the generator's names and ours meet, it writes code that is wrong:
# - its functions call urllib's quote, which our parameter of that name hides where the path has an id: they fail when
#   called. The same question can be asked of /claims: list_claims(event=[id]);
# - a model with a member of its own name, Passages.passages, gets two types for one variable: it works when run.
DEFECTS = (
    re.compile(r'^onrecord_generated/api/\w+/list_\w+_claims\.py:\d+: error: "(list\[\w+\]|Unset)" not callable'),
    re.compile(r"^onrecord_generated/models/passages\.py:\d+: error: .*\[(assignment|attr-defined|return-value)\]$"),
)


def check(folder: Path, base: str, changed: str) -> str:
    """What the program says."""
    made, bin = folder / "openapi-python-client", folder / "venv" / "bin"
    made.mkdir()
    shutil.copy(HERE / "programs" / "openapi_python_client.py", made / "program.py")
    options = ("--meta", "none", "--output-path", "onrecord_generated", "--fail-on-warning")
    settings = ("--config", HERE / "openapi-python-client.yaml")
    generator = bin / "openapi-python-client"
    run("generated with openapi-python-client", made, generator, "generate", "--path", FILE, *options, *settings)
    _compiled(made, bin / "python")
    return run("ran its program", made, bin / "python", "program.py", base, changed)


def _compiled(folder: Path, python: Path) -> None:
    """Check everything generated and the program with mypy --strict; nothing may be wrong but DEFECTS."""
    given = ("--strict", "--config-file=", "--no-error-summary", "--python-executable", str(python))
    command = (sys.executable, "-m", "mypy", *given, "program.py", "onrecord_generated")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
    found = [*done.stdout.splitlines(), *done.stderr.splitlines()]
    if unknown := [line for line in found if not any(each.match(line) for each in DEFECTS)]:
        sys.exit("\n".join(("FAILED: mypy --strict", *unknown)))
    print(f"== mypy --strict: {len(found)} errors, all of them known defects of the generator")
