"""Requests that schemathesis makes of our own OpenAPI document, sent to a live server of the bundled dossier.

All checks, links between operations followed. `make fuzz CASES=5000` tries at least so many, and ends with what it
found. Needs the network for schemathesis, which gets an environment of its own.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx

from clients.steps import environment
from patience import PATIENCE
from releases.publishing import BUNDLED, published
from web.live import running

HERE = Path(__file__).parent
PACKAGE = "schemathesis==4.32.5"


def fuzz(cases: int) -> int:
    """Try at least so many cases; the exit code of schemathesis, 0 if nothing was found."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = environment(folder, PACKAGE) / "schemathesis"
        published(folder / "store", BUNDLED)
        with running(folder / "store", folder / "log") as live:
            document = f"http://127.0.0.1:{live.port}/openapi.json"
            operations = len(httpx.get(document, trust_env=False, timeout=PATIENCE).json()["paths"])
            each = str(-(-cases // operations))  # rounded up
            options = ["--checks", "all", "--continue-on-failure", "--max-examples", each]
            command: list[str | Path] = [
                program,
                "--config-file",
                HERE / "schemathesis.toml",
                "run",
                document,
                *options,
            ]
            return subprocess.run(command, cwd=folder, check=False).returncode


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5000)
    sys.exit(fuzz(parser.parse_args().cases))
