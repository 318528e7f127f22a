"""Steps of the checks of generated clients: each prints that it was done, and the first that fails ends the program."""

import os
import subprocess
import sys
from pathlib import Path

from patience import PATIENCE


def run(what: str, folder: Path, *command: str | Path, show: bool = False) -> str:
    """One step, and what it said; with `show` that is printed."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
    said = f"{done.stdout}{done.stderr}".strip()
    if done.returncode:
        sys.exit(f"FAILED: {what}\n{said}")
    print(f"== {what}", *([said] if show and said else []), sep="\n", flush=True)
    return done.stdout


def environment(folder: Path, *packages: str) -> Path:
    """The programs of a new environment with these packages; they come first from now on."""
    run("made an environment", folder, sys.executable, "-m", "venv", "venv")
    programs = folder / "venv" / "bin"
    run(f"installed {', '.join(packages)}", folder, programs / "pip", "install", "--quiet", *packages)
    os.environ["PATH"] = os.pathsep.join((str(programs), os.environ["PATH"]))  # node, for what npm installs
    return programs


def lines(*paths: Path) -> int:
    """How many lines of code a program has."""
    return sum(1 for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
