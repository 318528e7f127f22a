"""The texts that a curator holds: which file of a folder is the text of which source, also after it was changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.dossier.verify import Copy, read_copies
from app.values.anchors import Passage, find

MOST = 0.5  # share of a source's passages that a file of another name has to have, and more
TRIED = 20  # passages of a source


@dataclass(frozen=True)
class Described:
    """What a source says of its text, and the passages of it that are anchored."""

    sha256: str
    anchors: Sequence[Passage]


@dataclass(frozen=True)
class HeldTexts:
    """The copies in a folder, and the text of each source by its id, as far as it is there.

    It is the file named `<id>.txt`; else that of the sha256 which the source gives; else the one that has most of its
    passages, if it is no other source's.
    """

    by_source: Mapping[str, Copy]
    by_digest: Mapping[str, Copy]

    @classmethod
    def read(cls, folder: Path, sources: Mapping[str, Described]) -> "HeldTexts":
        """Read every text in a folder and below it."""
        copies = [*read_copies(folder)]
        digests = {copy.sha256: copy for copy in reversed(copies)}
        named = {copy.path.stem: copy for copy in copies if copy.path.suffix == ".txt" and copy.path.stem in sources}
        held = {id: digests[source.sha256] for id, source in sources.items() if source.sha256 in digests} | named
        others = [copy for copy in copies if copy not in held.values()]
        wanted = {id: source for id, source in sources.items() if id not in held and source.anchors}
        return cls(held | dict(_nearest(wanted, others)), digests)


def _nearest(sources: Mapping[str, Described], copies: Sequence[Copy]) -> Iterator[tuple[str, Copy]]:
    best: dict[str, tuple[float, Copy]] = {}
    for copy in copies if sources else ():
        share, id = max((_share(source, copy.text), id) for id, source in sources.items())
        if share > max(MOST, best[id][0] if id in best else 0.0):
            best[id] = share, copy
    return ((id, copy) for id, (_, copy) in best.items())


def _share(source: Described, text: str) -> float:
    """The share of its passages that a text has, of some of them."""
    anchors = source.anchors[:: len(source.anchors) // TRIED + 1]
    found = [bool(find(text, anchor.match_length, anchor.match_sha256)) for anchor in anchors]
    return sum(found) / len(found)
