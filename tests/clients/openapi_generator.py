"""OpenAPI Generator: its clients for Python, TypeScript, Java and Go."""

import shutil
from pathlib import Path

from clients.javascript import compiled_and_run, project
from clients.steps import run
from openapi_file import FILE

PROGRAMS = Path(__file__).parent / "programs"
WITHOUT = "apiTests=false,modelTests=false,apiDocs=false,modelDocs=false"
ANNOTATIONS = Path("/usr/share/java/jakarta-annotation-api.jar")  # Debian's libjakarta-annotation-api-java
VALIDATOR = Path("/usr/share/gocode/src/gopkg.in/validator.v2")  # Debian's golang-gopkg-validator.v2-dev
GO_MODULE = """\
module onrecord.example

go 1.23

require gopkg.in/validator.v2 v2.0.0

replace gopkg.in/validator.v2 => ./validator
"""


def python(folder: Path, base: str, changed: str) -> str:
    """What the program on top of its Python client says."""
    made = _generated(folder, "python")
    shutil.copy(PROGRAMS / "openapi_generator.py", made / "program.py")
    run("compiled it", made, "python", "-m", "compileall", "-q", "openapi_client")
    return run("ran its program", made, "python", "program.py", base, changed)


def typescript_fetch(folder: Path, base: str, changed: str) -> str:
    """What the program on top of its TypeScript client says."""
    made = project(folder, "typescript-fetch.ts", {"module": "NodeNext"})
    (made / "package.json").write_text('{"type": "commonjs"}')  # it imports without endings
    _generated(made, "typescript-fetch").rename(made / "generated")
    return compiled_and_run(made, base, changed)


def java(folder: Path, base: str, changed: str) -> str:
    """What the program on top of its Java client says; the generator's own archive has the libraries."""
    options = "openApiNullable=false,useJakartaEe=true,useSingleRequestParameter=true,hideGenerationTimestamp=true"
    made = _generated(folder, "java", "--library", "native", f"--additional-properties={options}")
    (archive,) = (folder / "venv").glob("lib/*/site-packages/openapi_generator_cli/*.jar")
    path = f"out:{archive}:{ANNOTATIONS}"
    sources = [str(each) for each in made.glob("src/main/**/*.java")]
    (made / "sources").write_text("\n".join([*sources, str(PROGRAMS / "Program.java")]))
    run("compiled it", made, "javac", "-nowarn", "-d", "out", "-cp", path, "@sources")
    return run("ran its program", made, "java", "-cp", path, "Program", base, changed)


def go(folder: Path, base: str, changed: str) -> str:
    """What the program on top of its Go client says; the one library it needs is Debian's."""
    made = folder / "go"
    made.mkdir()
    options = "enumClassPrefix=true,withGoMod=false"
    _generated(made, "go", f"--additional-properties={options}").rename(made / "generated")
    shutil.copytree(VALIDATOR, made / "validator", ignore=shutil.ignore_patterns("*_test.go"))
    (made / "validator" / "go.mod").write_text("module gopkg.in/validator.v2\n")
    (made / "go.mod").write_text(GO_MODULE)
    shutil.copy(PROGRAMS / "program.go", made)
    run("compiled it", made, "go", "build", "-mod=mod", "-o", "program", ".")
    return run("ran its program", made, made / "program", base, changed)


def _generated(folder: Path, name: str, *options: str) -> Path:
    made = folder / f"generated-{name}"
    given = ("generate", "--input-spec", FILE, "--generator-name", name, "--output", made)
    run(
        f"generated with OpenAPI Generator, {name}",
        folder,
        "openapi-generator-cli",
        *given,
        *("--global-property", f"models,apis,supportingFiles,{WITHOUT}"),
        *options,
    )
    return made
