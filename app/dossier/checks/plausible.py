"""Plausibility: what can be read, and is hardly what was meant."""

import re
from collections.abc import Iterator

from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.dossier.written import Written
from app.values.licences import is_spdx, meant
from app.values.slugs import slugify

_LIKE_A_NUMBER = re.compile(r"[0-9]+|[0-9]+e[0-9]+|nan|inf|infinity", re.ASCII)
_LIKE_A_WORD = re.compile(r"null|none|na|true|false|yes|no|on|off")
_LIKE_A_DATE = re.compile(
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)-[0-9]{1,4}|[0-9]{1,4}-[0-9]{1,2}(?:-[0-9]{1,4})?"
    r"|[0-9]{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:-[0-9]{2,4})?",
    re.ASCII,
)
_EDITION = re.compile(r"\b(?:edition|version|release|v\.?)\s+((?=[\w.-]*[0-9])\w(?:[\w.-]*\w)?)", re.IGNORECASE)


def odd_ids(draft: Draft) -> Iterator[Finding]:
    """Spreadsheets and YAML readers of others take some ids for numbers, dates or nothing."""
    forms = ((_LIKE_A_NUMBER, "a number"), (_LIKE_A_DATE, "a date"), (_LIKE_A_WORD, "no text"))
    for written in draft.written:
        id = written.id
        for form, what in forms:
            if form.fullmatch(id):
                yield written.finding("id-like-a-number", ("id",), f"tools read the id '{id}' as {what}")


def shared_identifiers(draft: Draft) -> Iterator[Finding]:
    """Two records of one kind are two things, so that no identifier elsewhere is that of both."""
    known: dict[tuple[str, str, str], Written] = {}
    for written in draft.everything:
        given = written.given("identifiers")
        for scheme, value in given.items() if isinstance(given, dict) else ():
            if isinstance(value, str):
                first = known.setdefault((written.kind, scheme, value), written)
                if first is not written:
                    yield _same_identifier(written, first, scheme, value)


def _same_identifier(written: Written, first: Written, scheme: str, value: str) -> Finding:
    location, message = ("identifiers", scheme), f"{scheme}:{value} is already the identifier of '{first.id}'"
    if written.origin.folder == first.origin.folder:
        return written.finding("same-identifier", location, message)
    where = f"{first.origin.file}:{first.at(location).line}"
    cure = "if both are one, keep one of them with the other's id in formerly, and refer to it; else correct one"
    return written.finding("same-identifier", location, f"{message} at {where}", cure)


def licences(draft: Draft) -> Iterator[Finding]:
    """A licence is named by its SPDX identifier."""
    for written in draft.of("dossier"):
        licence = written.entry.licence
        if not is_spdx(licence):
            near = meant(licence)
            cure = f"write {near}" if near else ""
            yield written.finding("licence-not-spdx", ("licence",), f"'{licence}' is no SPDX identifier", cure)


def posts(draft: Draft) -> Iterator[Finding]:
    """A post is asked for by its words."""
    for written in draft.of("relation"):
        post = written.entry.post
        if post is not None and not slugify(post):
            yield written.finding("post-without-words", ("post",), f"the post '{post}' has no letter or digit")


def citations(draft: Draft) -> Iterator[Finding]:
    """A citation that names an edition names that of the dossier."""
    for written in draft.of("dossier"):
        label = written.entry.edition.label
        named = _EDITION.findall(written.entry.citation)
        if named and label not in named and label not in written.entry.citation:
            message = f"it names the edition {named[0]}, and this is {label}"
            yield written.finding("citation-of-other-edition", ("citation",), message)
