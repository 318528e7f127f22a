"""Releases that are served: the one that a path names, and how its files are called and kept."""

from starlette.requests import Request

from app.errors import Fault, NotFound
from app.query.base import Refused
from app.query.reader import Published
from app.web.api.conditional import CURRENT, PINNED
from app.web.api.respond import NOT_IN_NAMES
from app.web.api.url import base_of
from app.web.site import Site


def published(site: Site, release: str) -> Published:
    """Return what the catalogue says of a release, also of a withdrawn one; raise NotFound."""
    try:
        return site.library.known(release)
    except Refused as refused:
        fault = Fault("release", release, refused.message, refused.did_you_mean)
        raise NotFound(refused.message, [fault]) from refused


def served(site: Site, release: str) -> Published:
    """Return what the catalogue says of a release that is served; raise NotFound or ReleaseGone."""
    found = published(site, release)
    site.library.named(found.info.id)
    return found


def kept(release: Published, asked: str) -> str:
    """Return how long the answer may be kept: for ever where the full id is asked for."""
    return PINNED if asked == release.info.id else CURRENT


def address(request: Request, release: Published) -> str:
    """Return the URL of a release by its full id."""
    return f"{base_of(request.scope)}/releases/{release.info.id}"


def file_name(what: str, release: Published, ending: str) -> str:
    """Return the name of a file of a release: `onrecord-2026.1.sqlite`."""
    return f"{NOT_IN_NAMES.sub('-', f'{what}-{release.info.label}')}.{ending}"
