"""Our own pages: what they are made of, and the API reference and explanations of problems among them."""

import re
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.errors import Problem, problems
from app.formats.html import html
from app.formats.html.environment import environment
from app.web.api.in_process import InProcessAnswer
from app.web.api.links import alternate
from app.web.api.negotiation import HTML, JSON, accepted, named_formats
from app.web.api.page_headers import page_headers
from app.web.openapi.problem_examples import EXAMPLES, OCCASIONS, shortened, told_headers
from app.web.openapi.schemas import Problem as ProblemDocument
from app.web.openapi.schemas import ProblemFault

if TYPE_CHECKING:
    from jinja2 import Environment

MEMBERS = {*ProblemDocument.model_fields, *ProblemFault.model_fields}  # of a problem, each explained at /problems#it
CODE = re.compile(r"`([^`]+)`")
PATH = re.compile(r"/[a-z]+")


@cache
def problem_kinds() -> dict[str, type[Problem]]:
    """Every kind by slug, ordered by status."""
    return {kind.slug: kind for kind in sorted(problems(), key=lambda kind: (kind.status, kind.slug))}


def docs_page(base: str) -> HTMLResponse:
    """The API reference."""
    return _page("docs.html", base=base)


def problems_page(base: str) -> HTMLResponse:
    """Every kind of problem."""
    return _page("problems.html", "/problems", base=base, problems=list(problem_kinds().values()))


def problem_page(base: str, kind: type[Problem], shown: InProcessAnswer | None) -> HTMLResponse:
    """The explanation of one kind of problem; `shown` is what its example is answered, if it has one."""
    example, occasion = EXAMPLES.get(kind), OCCASIONS.get(kind)
    told = told_headers(shown) if shown else {}
    path = f"/problems/{kind.slug}"
    return _page(
        "problem.html", path, base=base, problem=kind, example=example, shown=shown, told=told, occasion=occasion
    )


def wants_page(request: Request) -> bool:
    """Whether a page is asked for, by `format=html` or by a browser's `Accept`; raises NotAcceptable."""
    named = named_formats(request.scope)
    return named == ["html"] or (not named and accepted(request.scope, (JSON, HTML)) == HTML)


def render(name: str, **values: object) -> str:
    """A page from its template."""
    return _templates().get_template(name).render(values)


def _page(name: str, path: str = "", **values: object) -> HTMLResponse:
    headers = page_headers()
    if path:  # of what is also JSON
        headers["Link"] = str(alternate(f"{values['base']}{path}", html.name))
    return HTMLResponse(render(name, **values), headers=headers)


@cache
def _templates() -> "Environment":
    made = environment("app.web.pages")
    made.filters |= {"code": _code, "shortened": shortened}
    return made


def _code(text: str, base: str) -> Markup:
    """The text with what stands in backticks as code: a path of ours, or a member of a problem, with its link."""
    pieces = CODE.split(text)
    return Markup("").join(_word(piece, base) if n % 2 else escape(piece) for n, piece in enumerate(pieces))


def _word(word: str, base: str) -> Markup:
    code = Markup("<code>{}</code>").format(word)
    at = word if PATH.fullmatch(word) else f"/problems#{word}" if word in MEMBERS else ""
    return Markup('<a href="{}{}">{}</a>').format(base, at, code) if at else code
