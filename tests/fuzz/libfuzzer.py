"""One target driven by libFuzzer: `python libfuzzer.py TARGET CORPUS OPTION …`; it ends the process."""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["app"]):
    from fuzz.targets import LONGEST, examples, tried

if __name__ == "__main__":
    _, target, corpus, *options = sys.argv
    for number, example in enumerate(examples(target)):
        (Path(corpus) / f"example-{number}").write_bytes(example)
    atheris.Setup([sys.argv[0], corpus, f"-max_len={LONGEST}", *options], lambda data: tried(target, data))
    atheris.Fuzz()
