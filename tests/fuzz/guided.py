"""Inputs that reach ever more of our code, made by libFuzzer for each target.

atheris, which brings libFuzzer to Python, is the fuzzer guided by coverage that is kept up for the versions of Python
that we support. It gets a folder of its own, and so needs the network. An input that a target fails on is kept in
`seeds`, where `test_seeds.py` finds it.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from clients.steps import run
from fuzz.targets import SEEDS, TARGETS
from web.live import ROOT

HERE = Path(__file__).parent
PACKAGE = "atheris==3.0.0"
MEMORY = 1024  # MiB that a target may take
OPTIONS = (f"-rss_limit_mb={MEMORY}", "-timeout=600", "-seed=1", "-verbosity=0")


def fuzz(cases: int) -> int:
    """Try so many inputs on every target; the number of targets that failed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        installing = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder / "atheris")
        run(f"installed {PACKAGE}", folder, *installing, PACKAGE)
        return sum(not _holds(target, cases, folder) for target in TARGETS)


def _holds(target: str, cases: int, folder: Path) -> bool:
    """Whether a target takes everything that is tried; an input that it fails on is kept."""
    corpus = folder / target
    corpus.mkdir()
    if (SEEDS / target).exists():
        shutil.copytree(SEEDS / target, corpus, dirs_exist_ok=True)
    paths = os.pathsep.join(map(str, (folder / "atheris", ROOT, HERE.parent)))
    options = (*OPTIONS, f"-runs={cases}", f"-artifact_prefix={folder}/failed-{target}-")
    command = [sys.executable, str(HERE / "libfuzzer.py"), target, str(corpus), *options]
    environment = {**os.environ, "PYTHONPATH": paths}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        print(f"FAILED: {target}", f"{ran.stdout}{ran.stderr}"[-5000:], *_kept(target, folder), sep="\n")
    else:
        print(f"== {target}: {cases} inputs, {len(list(corpus.iterdir()))} of them reached something new", flush=True)
    return ran.returncode == 0


def _kept(target: str, folder: Path) -> list[str]:
    """Keep the inputs that a target failed on; where."""
    found = [path.read_bytes() for path in folder.glob(f"failed-{target}-*")]
    (SEEDS / target).mkdir(parents=True, exist_ok=True)
    places = [SEEDS / target / hashlib.sha256(data).hexdigest()[:16] for data in found]
    for place, data in zip(places, found, strict=True):
        place.write_bytes(data)
    return [f"kept as {place.relative_to(ROOT)}" for place in places]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5000)
    sys.exit(1 if fuzz(parser.parse_args().cases) else 0)
