"""The machine that a run was measured on, without its name, and the versions of the servers."""

import os
import platform
import re
import subprocess
from pathlib import Path
from typing import Final

from benchmarks.peers import Paths
from benchmarks.process import LOAD_CORE, SERVER_CORE

PINNED: Final = Path(__file__).parent / "requirements.txt"


def machine() -> dict[str, object]:
    """Return the processor, its cores, whether server and client have a core each, the memory in bytes, the system."""
    model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": model[1] if model else platform.machine(),
        "cores": os.cpu_count(),
        "apart": LOAD_CORE != SERVER_CORE,
        "memory": memory,
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
    }


def versions(paths: Paths) -> dict[str, str]:
    """Return the versions of onrecord and Python, and those that the peers are pinned to."""
    ours = subprocess.run([paths.ours / "onrecord", "--version"], check=True, capture_output=True, text=True).stdout
    pinned = re.findall(r"^([a-z]+)(?:\[.*\])?==(.*)$", PINNED.read_text("utf-8"), re.MULTILINE)
    return {"onrecord": ours.split()[-1], "Python": platform.python_version(), **dict(pinned)}
