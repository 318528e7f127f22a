"""The pages for people: the API reference, and what each problem means."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from app.errors import Fault, NotFound, Problem
from app.query.parameters import FORMAT
from app.values.nearest import nearest
from app.web.api.conditional import CURRENT, VARY, conditional
from app.web.api.negotiation import HTML, accepted
from app.web.api.unversioned import unversioned_answer
from app.web.api.url import base_of
from app.web.openapi.document import control_parameters, responses
from app.web.openapi.problem_examples import EXAMPLES, answered
from app.web.pages.assets import ASSETS, asset
from app.web.pages.rendering import docs_page, problem_kinds, problem_page, problems_page, wants_page
from app.web.site import Site

Slug = Annotated[str, Path(description="What the `type` of a problem ends with.", examples=["unknown-parameter"])]


class ProblemKind(BaseModel):
    """One kind of problem."""

    slug: str
    title: str
    status: int
    meaning: str = Field(description="What happened.")
    cure: str = Field(description="What to do.")
    example: str | None = Field(
        description="A path and query that meet it; null where a URL alone does not, or not in every release."
    )

    @classmethod
    def of(cls, kind: type[Problem]) -> "ProblemKind":
        """The kind in plain words."""
        meaning, cure = (text.replace("`", "") for text in (str(kind.__doc__), kind.cure))
        example = EXAMPLES[kind].link if kind in EXAMPLES else None
        return cls(slug=kind.slug, title=kind.title, status=kind.status, meaning=meaning, cure=cure, example=example)


class ProblemKindRecord(BaseModel):
    """One kind of problem, explained."""

    data: ProblemKind


class ProblemKindList(BaseModel):
    """Every kind of problem, by status."""

    data: list[ProblemKind]


def add_routes(made: APIRouter, site: Site) -> None:
    """Add the routes of pages and of the files that they load."""

    @made.get("/docs", include_in_schema=False)
    def get_docs(request: Request) -> Response:
        accepted(request.scope, (HTML,))
        return docs_page(base_of(request.scope))

    @made.get("/docs/assets/{path:path}", include_in_schema=False)
    def get_asset(request: Request, path: str) -> Response:
        if path not in ASSETS:
            raise NotFound("There is no such file.")
        body, tag = asset(path)
        headers = {"ETag": tag, "Cache-Control": CURRENT, "Vary": VARY, "Accept-Ranges": "none"}
        return conditional(request, body, ASSETS[path], headers)

    _add_problems(made)


def _add_problems(made: APIRouter) -> None:
    @made.get(
        "/problems",
        tags=["Service"],
        operation_id="list_problems",
        summary="List the kinds of problem",
        responses=responses(ProblemKindList, 400, 406),
        openapi_extra={"parameters": control_parameters((FORMAT,))},
        response_model=None,
    )
    def list_problems(request: Request) -> Response:
        """Everything that a request can be told is wrong; a page for browsers, JSON for programs."""
        if wants_page(request):
            return problems_page(base_of(request.scope))
        return _told(request, ProblemKindList(data=[ProblemKind.of(kind) for kind in problem_kinds().values()]))

    @made.get(
        "/problems/{slug}",
        tags=["Service"],
        operation_id="get_problem",
        summary="Explain one kind of problem",
        responses=responses(ProblemKindRecord, 404, 406),
        openapi_extra={"parameters": control_parameters((FORMAT,))},
        response_model=None,
    )
    async def get_problem(request: Request, slug: Slug) -> Response:
        """What this kind of problem means and what to do; a page for browsers, JSON for programs."""
        base = base_of(request.scope)
        known = problem_kinds()
        if slug not in known:
            message = f"There is no problem '{slug}'."
            raise NotFound(message, [Fault("slug", slug, message, nearest(slug, known))])
        if wants_page(request):
            return problem_page(base, known[slug], await answered(request, known[slug]))
        return _told(request, ProblemKindRecord(data=ProblemKind.of(known[slug])))


def _told(request: Request, answer: BaseModel) -> Response:
    body = answer.model_dump()
    return unversioned_answer(request, orjson.dumps(body).decode(), body)
