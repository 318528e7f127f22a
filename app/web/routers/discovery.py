"""What programs look for that find a site: robots.txt (RFC 9309), security.txt (RFC 9116), sitemap, llms.txt, icon."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from xml.sax.saxutils import escape

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.query.reader import Reader
from app.resources import RESOURCES
from app.web.api.conditional import CURRENT, VARY, conditional, etag
from app.web.api.unversioned import no_parameters
from app.web.api.url import base_of
from app.web.pages.assets import ASSETS, asset
from app.web.pages.guides import FILES, pages
from app.web.site import Site

IN_ONE = 49_000  # records in one sitemap; sitemaps.org allows 50,000 addresses, and the first has the entrances too
LISTS = ("/verify", "/vocabularies", "/releases", "/changes", "/problems")
ENTRANCES = ("/", "/guide", *LISTS)
SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'

KEPT = timedelta(days=30)  # that a copy of security.txt is good for

ROBOTS = """\
User-agent: *
# Every answer in another format is on a page too, and a list has no end of questions.
Disallow: /*format=
Disallow: /*cursor=
Allow: /

Sitemap: {base}/sitemap.xml
"""

LLMS = """\
# onrecord

> Who did what, who said what, and where it is written: hand-curated knowledge about news events, as a read-only API.
> Every address answers JSON, and a page to a browser. A claim is what somebody says, never a fact by itself: quote it
> with its speaker, its day and its source.

## How to ask

{guides}
- [OpenAPI]({base}/openapi.json): every path, parameter and answer
- [Releases]({base}/releases): all of it to download, as described tables too (`datapackage.json` of a release)

## What is here

{collections}
"""


def add_routes(made: APIRouter, site: Site) -> None:
    """Add the routes."""
    _add_security(made, site)

    @made.get("/robots.txt", include_in_schema=False)
    def get_robots(request: Request) -> Response:
        return _sent(request, ROBOTS.format(base=base_of(request.scope)), "text/plain")

    @made.get("/llms.txt", include_in_schema=False)
    def get_llms(request: Request) -> Response:
        return _sent(request, _llms(base_of(request.scope)), "text/markdown")

    @made.get("/favicon.ico", include_in_schema=False)
    def get_icon(request: Request) -> Response:
        no_parameters(request)
        body, tag = asset("icon.svg")
        return conditional(request, body, ASSETS["icon.svg"], _headers(tag))

    @made.get("/sitemap.xml", include_in_schema=False)
    def get_sitemap(request: Request) -> Response:
        return _sent(request, sitemap(base_of(request.scope), site.library.current()), "application/xml")

    @made.get("/sitemap-{part}.xml", include_in_schema=False)
    def get_part(request: Request, part: str) -> Response:
        reader = site.library.current()
        known = {str(number): number for number in parts(reader)}
        if part not in known:
            raise NotFound(
                f"There is no part '{part}' of the sitemap; {base_of(request.scope)}/sitemap.xml lists them."
            )
        return _sent(request, sitemap_part(base_of(request.scope), reader, known[part]), "application/xml")


def _add_security(made: APIRouter, site: Site) -> None:
    @made.get("/.well-known/security.txt", include_in_schema=False)
    def get_security(request: Request) -> Response:
        no_parameters(request)
        if site.security_contact is None:
            raise NotFound("This service names nobody to whom faults of security are reported.")
        text = security(base_of(request.scope), site.security_contact, datetime.now(UTC).date())
        return _sent(request, text, "text/plain")


def security(base: str, contact: str, today: date) -> str:
    """The text of security.txt as of that day.

    It expires some time after each request, not after a day that somebody set: whoever runs the service names the
    contact in its settings, so that what it answers is so now. A canonical address has to be secure (section 2.5.2).
    """
    lines = [f"Contact: {contact}", f"Expires: {today + KEPT}T00:00:00Z", "Preferred-Languages: en"]
    if base.startswith("https://"):
        lines.append(f"Canonical: {base}/.well-known/security.txt")
    return "".join(f"{line}\n" for line in lines)


def _llms(base: str) -> str:
    guides = "\n".join(f"- [{page}]({base}/guide/{page}.md)" for page in FILES)
    collections = "\n".join(f"- [{known.name}]({base}/{known.name}): {known.about}" for known in RESOURCES)
    return LLMS.format(base=base, guides=guides, collections=collections)


def parts(reader: Reader, size: int = IN_ONE) -> Iterator[int]:
    """The numbers of the parts of the sitemap, from 0; each has `size` records, the first the entrances too."""
    for number in count():
        if number and not reader.addresses(number * size, 1):
            return
        yield number


def sitemap(base: str, reader: Reader, size: int = IN_ONE) -> str:
    """The whole sitemap, or where there are too many records for one, the index of its parts."""
    numbers = list(parts(reader, size))
    if len(numbers) == 1:
        return sitemap_part(base, reader, 0, size)
    rows = "".join(f"<sitemap><loc>{escape(base)}/sitemap-{number}.xml</loc></sitemap>\n" for number in numbers)
    return f"{XML}<sitemapindex {SITEMAPS}>\n{rows}</sitemapindex>\n"


def sitemap_part(base: str, reader: Reader, number: int, size: int = IN_ONE) -> str:
    """One part of the sitemap."""
    guides = (f"/guide/{page}" for page in pages())
    entrances = [*ENTRANCES, *guides, *(f"/{known.name}" for known in RESOURCES)] if number == 0 else []
    return _addresses(base, [*entrances, *(f"/{home}/{id}" for home, id in reader.addresses(number * size, size))])


def _addresses(base: str, paths: Sequence[str]) -> str:
    rows = "".join(f"<url><loc>{escape(base + path)}</loc></url>\n" for path in paths)
    return f"{XML}<urlset {SITEMAPS}>\n{rows}</urlset>\n"


def _sent(request: Request, body: str, media_type: str) -> Response:
    no_parameters(request)
    tag = etag("discovery", hashlib.sha256(body.encode()).hexdigest())
    return conditional(request, body, media_type, _headers(tag))


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": CURRENT, "Vary": VARY, "Accept-Ranges": "none"}
