"""The files that pages load, each read once."""

import hashlib
from functools import cache
from importlib.resources import files

from app.web.api.conditional import etag

STATIC = files("app.web.pages") / "static"
ASSETS = {  # the media type of each
    "swagger-ui/swagger-ui.css": "text/css",
    "swagger-ui/swagger-ui-bundle.js": "text/javascript",
    "site.css": "text/css",
    "landing.css": "text/css",
    "records.css": "text/css",
    "guide.css": "text/css",
    "docs.css": "text/css",
    "docs.js": "text/javascript",
    "verify.css": "text/css",
    "verify.js": "text/javascript",
    "proofs.js": "text/javascript",
    "anchors.js": "text/javascript",
    "sha256.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


@cache
def asset(path: str) -> tuple[bytes, str]:
    """A file and its ETag, made of its bytes: the same on every server, whenever it was installed."""
    body = STATIC.joinpath(path).read_bytes()
    return body, etag("asset", hashlib.sha256(body).hexdigest())
