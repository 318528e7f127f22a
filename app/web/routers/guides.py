"""The guides as pages, the text of each, and what the search of the reference finds in them."""

from collections.abc import Mapping
from functools import cache

import orjson
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import Fault, NotFound
from app.values.nearest import nearest
from app.web.api.conditional import conditional, etag
from app.web.api.negotiation import HTML, accepted
from app.web.api.page_headers import page_headers
from app.web.api.route import DirectRoute
from app.web.api.url import base_of
from app.web.pages.guides import Guide, Guides, Part
from app.web.pages.rendering import render
from app.web.site import Site

MARKDOWN = "text/markdown"


def add_routes(made: APIRouter, site: Site) -> None:
    """Add the routes of the guides, which depend on no release."""
    guides = Guides(cache(lambda path: _explained(made, path)))

    @made.get("/guide", include_in_schema=False)
    def list_guides(request: Request) -> Response:
        accepted(request.scope, (HTML,))
        return _sent(request, render("guides.html", base=base_of(request.scope), guides=guides), HTML)

    _add_guides(made, guides)
    _add_sections(made, guides)

    @made.get("/docs/assets/sections.json", include_in_schema=False)
    def get_sections(request: Request) -> Response:
        return _sent(request, orjson.dumps(guides.found_by_words).decode(), "application/json")


def _add_guides(made: APIRouter, guides: Guides) -> None:
    @made.get("/guide/{page}.md", include_in_schema=False)
    def get_guide_text(request: Request, page: str) -> Response:
        return _sent(request, _found(guides, page).text, MARKDOWN)

    @made.get("/guide/{page}", include_in_schema=False)
    def get_guide(request: Request, page: str) -> Response:
        guide = _found(guides, page)
        return _shown(request, guide, guide.first, guide.text)


def _add_sections(made: APIRouter, guides: Guides) -> None:
    @made.get("/guide/{page}/{section}.md", include_in_schema=False)
    def get_section_text(request: Request, page: str, section: str) -> Response:
        return _sent(request, _part(_found(guides, page), section).text, MARKDOWN)

    @made.get("/guide/{page}/{section}", include_in_schema=False)
    def get_section(request: Request, page: str, section: str) -> Response:
        guide = _found(guides, page)
        part = _part(guide, section)
        return _shown(request, guide, part, part.text)


def _shown(request: Request, guide: Guide, part: Part, text: str) -> Response:
    """A part of a guide as a page, or its text as it was written."""
    if accepted(request.scope, (HTML, MARKDOWN)) == MARKDOWN:
        return _sent(request, text, MARKDOWN)
    return _sent(request, render("guide.html", base=base_of(request.scope), guide=guide, part=part), HTML)


def _found(guides: Mapping[str, Guide], page: str) -> Guide:
    if page not in guides:
        message = f"There is no guide '{page}'."
        raise NotFound(message, [Fault("page", page, message, nearest(page, guides))])
    return guides[page]


def _part(guide: Guide, section: str) -> Part:
    if section not in guide.parts:
        message = f"The guide '{guide.page}' has no page '{section}'."
        raise NotFound(message, [Fault("section", section, message, nearest(section, guide.parts))])
    return guide.parts[section]


def _sent(request: Request, body: str, media_type: str) -> Response:
    return conditional(request, body, media_type, page_headers() | {"ETag": etag("guide", body)})


def _explained(made: APIRouter, path: str) -> str | None:
    """The address that explains a path of ours, seen from a guide: its operation in the reference, else the path."""
    asked = path.partition("?")[0]
    for route in made.routes:
        if isinstance(route, DirectRoute) and route.path_regex.match(asked):
            if route.include_in_schema:
                return f"../docs#/{'/'.join(route.operation)}"
            return None if "{" in route.path else f"..{route.path}"
    return None
