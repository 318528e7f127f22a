"""Links of an answer, in the body and in the Link header (RFC 8288): absolute URLs that start with one base."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from app.formats.context import PATH
from app.formats.csljson import csljson
from app.formats.html import html
from app.formats.json import json
from app.formats.jsonld import jsonld
from app.values.licences import licence_url
from app.web.api.url import Address

CONTEXT = "http://www.w3.org/ns/json-ld#context"
DESCRIBING = (jsonld, csljson)  # what a record is, and how to cite it, for programs
ALTERNATES = {json.name: html, html.name: json}
LEFT_OUT = re.compile(rf"(?:^|&)(?:{'|'.join(['format', *html.refuses])})=[^&]*")


@lru_cache(maxsize=100)  # few releases have other licences
def _licences(licences: tuple[str, ...]) -> list[str]:
    return [f'<{licence_url(licence)}>; rel="license"' for licence in licences]


def list_links(address: Address, permalink: str, following: str | None) -> dict[str, str | None]:
    """The `links` of a page; `following` is the cursor of the next one."""
    return {
        "self": address.url,
        "first": address.having("cursor", None),
        "next": address.having("cursor", following) if following else None,
        "permalink": permalink,
    }


def alternate(url: str, format: str) -> str | None:
    """Return the link from JSON to the page of the same answer, and from the page to JSON; None for other formats.

    A page cannot honour some parameters, so they are left out.
    """
    other = ALTERNATES.get(format)
    if other is None:
        return None
    start, _, query = url.partition("?")
    kept = f"{LEFT_OUT.sub('', query).lstrip('&')}&" if query else ""
    return f'<{start}?{kept.lstrip("&")}format={other.name}>; rel="alternate"; type="{other.media_type}"'


def link_header(links: Mapping[str, str | None], base: str, licences: Iterable[str]) -> str:
    """The Link header: `next`, `first`, `permalink`, and who may use the data, how to cite it, what describes it.

    OpenAPI describes the service (RFC 8631), its own metadata a record (`describedby`).

    What to cite (RFC 8574) is the permalink, unless `links` names a `cite-as`: that of the path that all views share.
    A licence is given by its SPDX identifier. Where the answer is of records, and not derived of one, the JSON-LD
    context follows, which gives plain JSON a meaning (JSON-LD 1.1 section 6.1); other media types have no use for it.
    """
    found = [f'<{url}>; rel="{name}"' for name in ("next", "first", "permalink") if (url := links.get(name))]
    cite = links.get("cite-as") or links["permalink"]
    found += [*_licences(tuple(licences)), f'<{cite}>; rel="cite-as"', f'<{base}/openapi.json>; rel="service-desc"']
    if "cite-as" in links:  # which has the release in its query
        found += [f'<{cite}&format={known.name}>; rel="describedby"; type="{known.media_type}"' for known in DESCRIBING]
    if "up" not in links:
        found.append(f'<{base}{PATH}>; rel="{CONTEXT}"; type="{jsonld.media_type}"')
    return ", ".join(found)
