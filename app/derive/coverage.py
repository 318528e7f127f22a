"""How much of a source's text some claim answers for."""

from app.derive.links import Links
from app.entries.sources import SourceEntry
from app.resources.sources import Coverage
from app.values.spans import bridged, shared, size, union


def coverage(source: SourceEntry, links: Links) -> Coverage | None:
    """None where the text is not at hand. What is anchored and declared furniture counts as claimed, so all adds up.

    A single code point between two anchors counts as claimed: it is the blank between their words.
    """
    if not source.at_hand:
        return None
    text = union((paragraph.start, paragraph.end) for paragraph in source.paragraphs)
    anchors = bridged(links.anchors_of_source[source.id])
    length = size(text)
    claimed = size(shared(union(anchors), text))
    covered = size(shared(union([*anchors, *((stretch.start, stretch.end) for stretch in source.furniture)]), text))
    return Coverage(
        length=length,
        claimed=claimed,
        furniture=covered - claimed,
        unclaimed=length - covered,
        share=covered / length if length else 0.0,
    )
