"""The page for people who open the service in a browser: what is here, read from the release that is served."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.formats.html import html
from app.query.reader import Reader
from app.resources import RESOURCES, by_name
from app.resources.base import Resource
from app.values.licences import licence_url
from app.values.members import Members
from app.web.api.conditional import CURRENT, conditional, etag
from app.web.api.links import alternate
from app.web.api.offers import formats
from app.web.api.page_headers import SEARCHING, page_headers
from app.web.api.url import base_of
from app.web.pages.featured_event import FeaturedEvent, featured_event
from app.web.pages.rendering import render
from app.web.pages.sample_queries import SampleQuery, count, question, sample_queries

DOSSIERS = 50  # of which the page tells how to cite them


@dataclass(frozen=True)
class Landing:
    """What the page shows of one release."""

    counts: Sequence[tuple[Resource, int]]
    dossiers: Sequence[Members]
    questions: Sequence[SampleQuery]
    featured: FeaturedEvent | None


def landing_page(request: Request, reader: Reader, shown: Landing) -> Response:
    """The page, or 304 if the browser has this very one: it changes with the release and with our templates."""
    licences = {licence: licence_url(licence) for licence in reader.licences}
    base = base_of(request.scope)
    body = render(
        "landing.html",
        base=base,
        info=reader.info,
        here=shown,
        licences=licences,
        formats=formats("list", by_name("events")),
    )
    cached = page_headers(SEARCHING) | {"ETag": etag("landing", body), "Cache-Control": CURRENT}
    cached |= {"Link": str(alternate(f"{base}/", html.name))}
    return conditional(request, body, "text/html", cached)


def landing(reader: Reader) -> Landing:
    """What the release has to show."""
    dossiers = reader.page(question(reader, "dossiers", limit=str(DOSSIERS))).documents
    return Landing(
        [(resource, count(reader, resource.name, {})) for resource in RESOURCES],
        [orjson.loads(text) for text in dossiers],
        list(sample_queries(reader)),
        featured_event(reader),
    )
