"""Imports point down only, and only the rooms named for it know HTTP, the database and the settings."""

import subprocess
import sys
from pathlib import Path

TREE = Path(__file__).parent.parent


def test_every_import_contract_is_kept() -> None:
    # In a process of its own: the linter sets up logging for the whole process.
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=TREE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout
