"""Our own pages: what they are made of, and the API reference and explanations of problems among them."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.errors import Problem, problems
from app.query.parameters import FORMAT
from app.vocabularies import TermEntry, load
from app.web import in_words
from app.web.negotiation import HTML, JSON, accepted

# Nothing is loaded from elsewhere, nothing inline runs. The widget draws small pictures as data: URLs.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SEARCHING = CONTENT_SECURITY_POLICY.replace("form-action 'none'", "form-action 'self'")  # of a page with a search form
STATIC = files("app.web") / "static"


@dataclass(frozen=True)
class Explained:
    """A kind of problem in the reader's words."""

    slug: str
    title: str
    status: int
    meaning: str
    cure: str


def explained(kind: type[Problem]) -> Explained:
    """What a kind of problem means, and what to do about it."""
    return Explained(kind.slug, kind.title, kind.status, str(kind.__doc__), kind.cure)


@cache
def problem_kinds() -> dict[str, Explained]:
    """Every kind by slug, ordered by status."""
    found = sorted(map(explained, problems()), key=lambda each: (each.status, each.slug))
    return {each.slug: each for each in found}


def docs_page(base: str) -> HTMLResponse:
    """The API reference."""
    return _page("docs.html", base=base)


def problems_page(base: str) -> HTMLResponse:
    """Every kind of problem."""
    return _page("problems.html", base=base, problems=list(problem_kinds().values()))


def problem_page(base: str, slug: str) -> HTMLResponse:
    """The explanation of one kind of problem; raises KeyError."""
    return _page("problem.html", base=base, problem=problem_kinds()[slug])


def wants_page(request: Request) -> bool:
    """Whether a browser asks, where programs get JSON; raises NotAcceptable. `format` is a program's."""
    return FORMAT.name not in dict(request.scope["state"]["pairs"]) and accepted(request, (JSON, HTML)) == HTML


def render(name: str, **values: object) -> str:
    """A page from its template."""
    return _templates().get_template(name).render(values)


def headers(policy: str = CONTENT_SECURITY_POLICY) -> dict[str, str]:
    """What every page of ours is sent with."""
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "public, max-age=300",
        "Vary": "Accept, Accept-Encoding",
    }


def _page(name: str, **values: object) -> HTMLResponse:
    return HTMLResponse(render(name, **values), headers=headers())


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("app.web"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"date": in_words.date, "figure": in_words.figure, "term": _term, "contact": _contact}
    return made


def _term(id: str, vocabulary: str) -> TermEntry:
    return load(vocabulary).terms[id]


def _contact(url: str) -> str:
    """An address as people read it."""
    return url.removeprefix("mailto:").removeprefix("https://")
