"""compiled.json is what the YAML files say, and is all that is read at run time."""

import subprocess
import sys

from releases.publishing import ROOT
from vocabularies_file import FILE, compiled

LOADED = """
import sys
from app.vocabularies import vocabularies
vocabularies()
print([name for name in ("yaml", "ruamel") if name in sys.modules])
"""


def test_it_is_what_the_files_say() -> None:
    assert FILE.read_text(encoding="utf-8") == compiled(), "run make vocabularies"


def test_no_parser_of_yaml_is_loaded_for_it() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
