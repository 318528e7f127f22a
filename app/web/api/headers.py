"""The headers of a request that we read, gathered in one pass: each name once, its values joined by commas."""

import os
from collections.abc import Mapping
from random import Random
from typing import Final

from starlette.types import Scope

from app.errors import HeadersTooLarge

MAX_HEADERS = 100
MAX_HEADER_BYTES = 32 * 1024

Sent = Mapping[bytes, bytes]

_IDS: Final = Random(os.urandom(32))

READ: Final = frozenset(
    b"host accept accept-encoding if-none-match content-length transfer-encoding "
    b"access-control-request-method access-control-request-headers".split()
)


def new_request_id() -> str:
    """An id for `X-Request-Id` and the log, 32 hexadecimal digits: another one for each request, and no secret."""
    return f"{_IDS.getrandbits(128):032x}"


def gather(scope: Scope) -> Sent:
    """The headers that we read; raises HeadersTooLarge. Two of one name make a list (RFC 9110 section 5.3)."""
    found: dict[bytes, bytes] = {}
    total, headers = 0, scope["headers"]
    for name, value in headers:
        total += len(name) + len(value)
        if name in READ:
            found[name] = found[name] + b"," + value if name in found else value
    if total > MAX_HEADER_BYTES or len(headers) > MAX_HEADERS:
        raise HeadersTooLarge(f"At most {MAX_HEADERS} headers of {MAX_HEADER_BYTES} bytes together are read.")
    return found


def sent(scope: Scope) -> Sent:
    """What the guard gathered."""
    found: Sent = scope["state"]["sent"]
    return found
