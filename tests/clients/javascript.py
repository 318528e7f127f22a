"""What runs on node: two linters, hey-api's openapi-ts, and openapi-typescript with openapi-fetch."""

import json
import os
import shutil
from pathlib import Path

from clients.steps import run
from openapi_file import FILE

HERE = Path(__file__).parent
COMPILER = {
    "strict": True,
    "target": "ES2022",
    "lib": ["ES2022", "DOM", "DOM.Iterable"],
    "module": "NodeNext",
    "moduleResolution": "NodeNext",
    "types": [],
    "outDir": "out",
}


def install(folder: Path) -> None:
    """Put linters, generators and the compiler into the folder."""
    folder.mkdir()
    for name in ("package.json", "package-lock.json", "spectral.yaml"):
        shutil.copy(HERE / name, folder)
    shutil.copy(FILE, folder / "openapi.json")
    run("installed what runs on node", folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    os.environ["PATH"] = os.pathsep.join((str(folder / "node_modules" / ".bin"), os.environ["PATH"]))


def lint(folder: Path) -> None:
    """Both linters with their published rules; any problem, also a hint, fails."""
    rules = ("--ruleset", "spectral.yaml", "--fail-severity", "hint")
    run("spectral, spectral:oas", folder, "spectral", "lint", "openapi.json", *rules, show=True)
    strict = ("--extends", "recommended-strict", "--max-problems", "20")
    run("redocly, recommended-strict", folder, "redocly", "lint", "openapi.json", *strict, show=True)


def hey_api(folder: Path, base: str, changed: str) -> str:
    """What the program on top of openapi-ts says."""
    made = project(folder, "hey-api.ts", {"noUncheckedIndexedAccess": True, "module": "CommonJS"})
    written = ("--input", FILE, "--output", "generated", "--client", "@hey-api/client-fetch")
    run("generated with openapi-ts", made, "openapi-ts", *written)
    return compiled_and_run(made, base, changed)


def openapi_fetch(folder: Path, base: str, changed: str) -> str:
    """What the program on top of openapi-fetch says."""
    made = project(folder, "openapi-fetch.ts", {"noUncheckedIndexedAccess": True})
    run("generated with openapi-typescript", made, "openapi-typescript", FILE, "--output", "paths.d.ts")
    return compiled_and_run(made, base, changed)


def project(folder: Path, program: str, options: dict[str, object]) -> Path:
    """A folder with the program, in which the compiler finds what was installed."""
    made = folder / "node" / program.removesuffix(".ts")
    made.mkdir()
    shutil.copy(HERE / "programs" / program, made / "program.ts")
    compiler = COMPILER | options
    if compiler["module"] == "CommonJS":
        compiler["moduleResolution"] = "Node10"
    kind = "commonjs" if compiler["module"] == "CommonJS" else "module"
    (made / "tsconfig.json").write_text(json.dumps({"compilerOptions": compiler, "files": ["program.ts"]}))
    (made / "package.json").write_text(json.dumps({"type": kind}))
    return made


def compiled_and_run(made: Path, base: str, changed: str) -> str:
    """What the program says, once tsc --strict has nothing to say."""
    run("tsc --strict", made, "tsc", "--project", ".")
    return run("ran its program", made, "node", "out/program.js", base, changed)
