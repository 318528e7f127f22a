"""Measure how the code of app/ keeps to the card: `python tests/card.py` prints the figures, test_card.py holds them.

A function's length is the lines of its body, from the first statement after the docstring to the last line, blank lines
and comments among them; decorators, signature and docstring do not count. A nested function counts by itself and within
the one around it. Parameters are all that a caller can pass, `*args` and `**kwargs` one each, without `self` and `cls`.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

APP = Path(__file__).parent.parent / "app"
FORBIDDEN_NAMES = frozenset({"utils", "common", "helpers", "core"})
FORBIDDEN_ENDINGS = ("Manager", "Service", "Handler")


@dataclass(frozen=True)
class Function:
    """One `def` and where it stands."""

    where: str
    length: int
    parameters: int


@dataclass(frozen=True)
class Card:
    """The figures of one tree; every path is relative to it, with a line number for functions and classes."""

    functions: tuple[Function, ...]
    files: dict[str, int]
    undocumented: tuple[str, ...]
    forbidden: tuple[str, ...]

    @property
    def median(self) -> float:
        """Half of the functions are this long or shorter."""
        return median(function.length for function in self.functions)

    @property
    def ninth_tenth(self) -> int:
        """Nine in ten functions are this long or shorter."""
        lengths = sorted(function.length for function in self.functions)
        return lengths[-(-len(lengths) * 9 // 10) - 1]

    def longer_than(self, lines: int) -> list[Function]:
        """The functions over a length, longest first."""
        return sorted((f for f in self.functions if f.length > lines), key=lambda f: -f.length)

    def wider_than(self, parameters: int) -> list[Function]:
        """The functions with more parameters than that."""
        return [function for function in self.functions if function.parameters > parameters]


def measure(folder: Path) -> Card:
    """Read every module below a folder."""
    sources = {path.relative_to(folder): path.read_text("utf-8") for path in sorted(folder.rglob("*.py"))}
    trees = {path: ast.parse(source) for path, source in sources.items()}
    return Card(
        functions=tuple(function for path, tree in trees.items() for function in _functions(path, tree)),
        files={str(path): len(source.splitlines()) for path, source in sources.items()},
        undocumented=tuple(str(path) for path, tree in trees.items() if not ast.get_docstring(tree)),
        forbidden=tuple(name for path, tree in trees.items() for name in _forbidden(path, tree)),
    )


def _functions(path: Path, tree: ast.Module) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(f"{path}:{node.lineno} {node.name}", _length(node), _parameters(node.args))


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    statements = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    if not statements:
        return 0
    return (statements[-1].end_lineno or 0) - _first_line(statements[0]) + 1


def _first_line(statement: ast.stmt) -> int:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and statement.decorator_list:
        return statement.decorator_list[0].lineno
    return statement.lineno


def _parameters(arguments: ast.arguments) -> int:
    named = [*arguments.posonlyargs, *arguments.args]
    bound = bool(named) and named[0].arg in {"self", "cls"}
    variadic = [argument for argument in (arguments.vararg, arguments.kwarg) if argument]
    return len(named) + len(arguments.kwonlyargs) + len(variadic) - bound


def _forbidden(path: Path, tree: ast.Module) -> Iterator[str]:
    if FORBIDDEN_NAMES.intersection(path.with_suffix("").parts):
        yield str(path)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name.endswith(FORBIDDEN_ENDINGS):
            yield f"{path}:{node.lineno} {node.name}"


def report(card: Card) -> Iterator[str]:
    """The figures, one a line."""
    yield f"functions  {len(card.functions)}: median {card.median:g}, nine in ten up to {card.ninth_tenth} lines"
    yield from (f"  {f.length:4} lines  {f.where}" for f in card.longer_than(0)[:10])
    yield f"files      {len(card.files)}: {sum(card.files.values())} lines"
    longest = sorted(card.files.items(), key=lambda file: -file[1])[:10]
    yield from (f"  {lines:4} lines  {path}" for path, lines in longest)
    yield from (f"over five parameters: {f.parameters}  {f.where}" for f in card.wider_than(5))
    yield from (f"no docstring: {path}" for path in card.undocumented)
    yield from (f"forbidden name: {where}" for where in card.forbidden)


if __name__ == "__main__":
    print(*report(measure(Path(sys.argv[1]) if len(sys.argv) > 1 else APP)), sep="\n")
