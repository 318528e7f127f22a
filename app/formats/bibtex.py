"""BibTeX: one `@misc` entry, which every style knows; text in UTF-8, as biber, pybtex and Zotero read it."""

import re

from app.formats.base import Format, Record
from app.formats.citation import Citation, citation, written

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # macros of every style
SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
SIGN = re.compile(r"[\\~^&%$#_{}]")  # what TeX would take for a command


def write_record(record: Record) -> bytes:
    """Return one entry; its key is the id of the record."""
    return entry(citation(record)).encode()


def entry(cited: Citation) -> str:
    """Return the citation as an entry. Braces inside keep capitals, and keep an organisation from being a family."""
    year, month, day = (*cited.day, None, None, None)[:3]
    fields = written(
        {
            "author": " and ".join(_whole(author) for author in cited.authors),
            "title": _whole(cited.title),
            "howpublished": _escaped(", ".join(part for part in (cited.container, _edition(cited)) if part)),
            "publisher": _escaped(cited.publisher or ""),
            "year": str(year) if year else "",
            "day": str(day) if day else "",
            "date": "" if year else _escaped(cited.dated or ""),
            "language": cited.language,
            "note": _escaped(cited.note),
            "url": cited.url,
        }
    )
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    if month:
        lines.append(f"  month = {MONTHS[month - 1]}")
    return "@misc{" + ",\n".join([cited.id, *lines]) + "\n}\n"


def _edition(cited: Citation) -> str:
    return f"edition {cited.edition}" if cited.edition else ""


def _whole(text: str) -> str:
    return f"{{{_escaped(text)}}}"


def _escaped(text: str) -> str:
    return SIGN.sub(lambda sign: SPECIAL.get(sign[0], f"\\{sign[0]}"), " ".join(text.split()))


bibtex = Format("bibtex", "application/x-bibtex", record=write_record, refuses=(), words=("bib",), cites=True)
