"""What a change altered in one member, for people: of a list only the items that differ, and no JSON."""

import orjson

from app.values.members import Members


def altered(before: object, after: object) -> tuple[object, object]:
    """Return both values; of two lists the items that only one of them has, None where there is none."""
    if isinstance(before, list) and isinstance(after, list):
        gone, come = (
            [item for item in here if item not in there] for here, there in ((before, after), (after, before))
        )
        if gone or come:
            return gone or None, come or None
    return before, after


def in_words(field: Members) -> tuple[str | None, str | None]:
    """Return a member before and after as text, None for nothing; lists that have one another's items in whole."""
    before, after = altered(field["before"], field["after"])
    return None if before is None else _text(before), None if after is None else _text(after)


def _text(value: object) -> str:
    if isinstance(value, list):
        return ("; " if any(isinstance(item, dict) for item in value) else ", ").join(map(_text, value))
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')}: {_text(item)}" for name, item in value.items())
    return value if isinstance(value, str) else orjson.dumps(value).decode()
