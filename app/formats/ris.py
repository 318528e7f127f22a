"""RIS (Research Information Systems), the tagged lines that EndNote, Zotero, Mendeley and Citavi read."""

from app.formats.base import Format, Record
from app.formats.citation import Citation, citation

TYPES = {"dataset": "DATA", "entry": "DATA", "webpage": "ELEC", "document": "GEN"}


def write_record(record: Record) -> bytes:
    """Return one reference, each line ended by CRLF."""
    return "".join(f"{line}\r\n" for line in lines(citation(record))).encode()


def lines(cited: Citation) -> list[str]:
    """Return the citation as lines, the type first and the end last; a tag may come more than once."""
    tagged: list[tuple[str, str | None]] = [
        ("ID", cited.id),
        *(("AU", author) for author in cited.authors),
        ("TI", cited.title),
        ("T2", cited.container),
        ("PB", cited.publisher),
        ("PY", str(cited.day[0]) if cited.day else None),
        ("DA", _date(cited)),
        ("ET", cited.edition),
        ("LA", cited.language),
        ("UR", cited.url),
        ("N1", cited.note),
    ]
    found = [f"{tag}  - {' '.join(text.split())}" for tag, text in tagged if text]
    return [f"TY  - {TYPES[cited.type]}", *found, "ER  - "]


def _date(cited: Citation) -> str | None:
    """Return `YYYY/MM/DD/`, with nothing for what a plain date leaves out; any other date as it is."""
    if not cited.day:
        return cited.dated
    year, *others = cited.day
    month, day = (*(f"{part:02}" for part in others), "", "")[:2]
    return f"{year:04}/{month}/{day}/"


ris = Format("ris", "application/x-research-info-systems", record=write_record, refuses=(), cites=True)
