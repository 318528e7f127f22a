"""Exports: everything that matches, written in pieces as it is read, so that memory does not grow with it."""

from dataclasses import replace

from app.errors import Fault
from app.formats import Export
from app.formats.columns import columns
from app.query.base import Collection, Refused
from app.query.parameters import Given, cut
from app.query.question import Place, Question
from app.values.integers import plain_integer
from app.values.nearest import nearest
from app.web.api.request import DataRequest, asked
from app.web.api.respond import Asked, Body

EVERYTHING = 2**31 - 1  # records; more than a release holds


def export(data: DataRequest, collection: Collection, place: Place) -> Asked:
    """All records that match, or the first `limit` of them."""
    given = {name: values for name, values in data.given.items() if name not in ("limit", "fields")}
    faults = list(data.faults)
    limit, fields = _limit(data.given, faults), _fields(data.given, collection, faults)
    question = replace(asked(data, collection, given, place, faults), limit=limit)
    return Asked(data, f"{question.page_text}&fields={','.join(fields)}", lambda: _body(data, question, fields))


def _body(data: DataRequest, question: Question, fields: tuple[str, ...]) -> Body:
    assert data.format.export is not None, "chosen because it exports"
    rows = data.reader.export(question)
    written = data.format.export(Export(rows, data.address.base, question.collection.document, fields))
    return Body(written, {"self": data.address.url, "permalink": data.permalink})


def _limit(given: Given, faults: list[Fault]) -> int:
    """The first so many; without maximum."""
    if "limit" not in given:
        return EVERYTHING
    try:
        return plain_integer(cut("limit", given["limit"], multiple=False)[0], 0, EVERYTHING)
    except Refused as refused:
        faults.append(Fault("limit", refused.value, refused.message))
    except ValueError:
        faults.append(Fault("limit", given["limit"][0], "limit is a whole number from 0 on, in plain digits."))
    return 0


def _fields(given: Given, collection: Collection, faults: list[Fault]) -> tuple[str, ...]:
    """The columns asked for, in that order."""
    known = [column.name for column in columns(collection.document)]
    try:
        wanted = cut("fields", given["fields"], multiple=True) if "fields" in given else []
    except Refused as refused:
        faults.append(Fault("fields", refused.value, refused.message))
        return ()
    for name in wanted:
        if name not in known:
            message = f"/{collection.name} has no column '{name}'; it has {', '.join(known)}."
            faults.append(Fault("fields", name, message, nearest(name, known)))
    return tuple(wanted)
