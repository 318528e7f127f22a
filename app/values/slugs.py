"""Ids for people to read and write: lower-case words joined by hyphens, such as `kosovo-police`."""

import re
from typing import Annotated, Final

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.values.folding import words

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_SLUG: Final = 100


def is_slug(text: str) -> bool:
    return len(text) <= MAX_SLUG and SLUG.fullmatch(text) is not None


def slugify(text: str) -> str:
    """The folded words joined by hyphens, cut to the longest slug allowed; empty if the text has no word."""
    return "-".join(words(text))[:MAX_SLUG].rstrip("-")


def _checked(text: str) -> str:
    if is_slug(text):
        return text
    advice = slugify(text[: 10 * MAX_SLUG])  # of what is as long as a book, the beginning will do
    raise PydanticCustomError(
        "bad_id",
        "an id is words of a to z and 0 to 9 joined by single hyphens, at most {longest} characters{advice}",
        {"longest": MAX_SLUG, "advice": f"; write {advice!r}" if advice else ""},
    )


Slug = Annotated[
    str,
    AfterValidator(_checked),
    WithJsonSchema({"type": "string", "pattern": f"^{SLUG.pattern}$", "maxLength": MAX_SLUG}),
]
"""The type of an id field; its error's type is bad_id."""
