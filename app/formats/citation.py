"""What reference managers need to know of a record: who made it, what it is called and part of, when, and where."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import orjson

from app.formats.base import Record
from app.values.members import JsonObject, Members

PLAIN_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")  # EDTF level 0: a year, a month or a day


@dataclass(frozen=True)
class Citation:
    """One record as it is cited. `dated` is the date as EDTF, `day` its year, month and day as far as it has them.

    `container` is what the record is part of, and `note` what a reader should know who only has the citation.
    """

    id: str
    type: str  # as CSL 1.0.2 calls it
    title: str
    authors: tuple[str, ...]
    container: str | None
    publisher: str | None
    dated: str | None
    url: str
    edition: str | None
    language: str | None
    note: str

    @property
    def day(self) -> tuple[int, ...]:
        """The year, the month and the day of a plain date; empty where the date is more than that, or not known."""
        found = PLAIN_DATE.fullmatch(self.dated or "")
        return tuple(int(part) for part in found.groups() if part) if found else ()


def citation(record: Record) -> Citation:
    """Return how a record is cited: a source as the document that it is, everything else as a part of its dossier."""
    document = orjson.loads(record.text)
    dossier = orjson.loads(record.dossier or record.text)
    return _BY_KIND.get(document["kind"], _of_dossier)(document, dossier, record.cited)


def _of_dossier(document: Members, dossier: Members, url: str) -> Citation:
    part = document["id"] != dossier["id"]
    return Citation(
        id=document["id"],
        type="entry" if part else "dataset",
        title=document["label"],
        authors=tuple(curator["name"] for curator in dossier["curators"]),
        container=dossier["title"] if part else None,
        publisher=None,
        dated=dossier["edition"]["issued"],
        url=url,
        edition=dossier["edition"]["label"],
        language=None,
        note=f"Licence: {dossier['licence']}",
    )


def _of_source(document: Members, dossier: Members, url: str) -> Citation:
    publisher, published, copies = document["publisher"], document["published"], document["addresses"]
    address = document["original_url"] or next((copy["url"] for copy in copies), None)
    supplied = "" if document["title_basis"] == "printed" else "Title supplied by the curators. "
    found = f"{document['reference']}. " if document["reference"] else ""
    return Citation(
        id=document["id"],
        type="webpage" if address else "document",
        title=document["title"],
        authors=(document["byline"],) if document["byline"] else (),
        container=None,
        publisher=publisher["label"] if publisher else None,
        dated=published["edtf"] if published else None,
        url=address or url,
        edition=None,
        language=document["language"],
        note=f"{supplied}{found}Described at {url}",
    )


_BY_KIND: Mapping[str, Callable[[Members, Members, str], Citation]] = {"source": _of_source}


def written(members: Members) -> JsonObject:
    """Return the members that say something."""
    return {name: value for name, value in members.items() if value}
