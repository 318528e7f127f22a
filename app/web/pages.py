"""Our own pages: the API reference and the explanation of each problem, from files of ours alone."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.responses import HTMLResponse

from app.errors import Problem, problems

# Nothing is loaded from elsewhere, nothing inline runs. The widget draws small pictures as data: URLs.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
STATIC = files("app.web") / "static"
TEMPLATES = Environment(loader=PackageLoader("app.web"), autoescape=select_autoescape(), trim_blocks=True)


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


def problem_page(base: str, slug: str) -> HTMLResponse:
    """The explanation of one kind of problem; raises KeyError."""
    known = problem_kinds()
    others = [each for each in known.values() if each.slug != slug]
    return _page("problem.html", base=base, problem=known[slug], others=others)


def _page(name: str, **values: object) -> HTMLResponse:
    body = TEMPLATES.get_template(name).render(values)
    headers = {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "public, max-age=300",
        "Vary": "Accept, Accept-Encoding",
    }
    return HTMLResponse(body, headers=headers)
