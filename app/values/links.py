"""Links that are safe to hand to a browser: absolute web addresses, and mail addresses for contact."""

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

MAX_LINK: Final = 2000

# RFC 3986 allows neither; a parser would drop some of them silently and so see another address than a browser does.
_NOT_IN_URL = re.compile(r"""[^!-~]|["<>\\^`{|}]""")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\]")
_MAIL = re.compile(r"mailto:[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.IGNORECASE)


def _scheme(text: str) -> str:
    if len(text) > MAX_LINK:
        raise PydanticCustomError("bad_link", "a link has at most {longest} characters", {"longest": MAX_LINK})
    if _NOT_IN_URL.search(text):
        message = (
            "a link holds no blanks, control characters or letters outside ASCII: write those percent-encoded (%20)"
        )
        raise PydanticCustomError("bad_link", message)
    found = _SCHEME.match(text)
    if found is None:
        raise PydanticCustomError("bad_link", "write the whole address, beginning with https:// or http://")
    return found[1].lower()


def _checked_web(text: str) -> str:
    scheme = _scheme(text)
    if scheme not in ("http", "https"):
        context = {"scheme": scheme[:20]}
        raise PydanticCustomError("unsafe_link", "links begin with https:// or http://, not with {scheme}:", context)
    if not _has_plain_host(text):
        message = "after https:// comes a host name such as example.org, a port if need be, and no user name"
        raise PydanticCustomError("bad_link", message)
    return text


def _has_plain_host(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:  # a port out of range, or a bad IPv6 address
        return False
    host = parts.netloc.removesuffix(":" if port is None else f":{port}").lower()
    return _HOST.fullmatch(host) is not None


def _checked_contact(text: str) -> str:
    if _scheme(text) != "mailto":
        return _checked_web(text)
    if _MAIL.fullmatch(text) is None:
        raise PydanticCustomError("bad_link", "write one mail address and nothing else, as in mailto:desk@example.org")
    return text


WebLink = Annotated[
    str,
    AfterValidator(_checked_web),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://", "maxLength": MAX_LINK}),
]
"""An http or https URL with a host; the error's type is unsafe_link for another scheme, else bad_link."""

Contact = Annotated[
    str,
    AfterValidator(_checked_contact),
    WithJsonSchema({"type": "string", "format": "uri", "maxLength": MAX_LINK}),
]
"""A WebLink, or `mailto:` with one address."""
