"""The passage that words or an anchor mean in a text; where there is none, or several, what there is instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.entries.claims import MAX_ANCHOR
from app.values.anchors import Passage, digest, find_in_text, paragraph_at, pin, whole_occurrences
from app.values.near_passages import LEAST_LIKE, nearest_passages
from app.values.spans import Span

NEAREST = 3  # passages that are shown
LIKE_CLAIM = 0.4  # of a passage to the claim that rests on it, which says the same in other words


class NoPassage(ValueError):
    """There is not one passage: what is wrong, what to do, and the stretches of the text to look at."""

    def __init__(self, message: str, cure: str, spans: Sequence[Span] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure
        self.spans = spans


@dataclass
class Former:
    """What is known of the text that passages were anchored in: the text itself, if it is at hand, and its length.

    `shifts` are by how much passages moved, as far as some were found.
    """

    text: str | None
    shifts: list[int]

    def spans(self, text: str, passage: Passage) -> list[Span]:
        """Where a passage is in the text now: by its words, where these are known, else by its hash."""
        words = self.words(passage) or self._moved(text, passage)
        spans = whole_occurrences(text, words) if words else ()
        spans = spans or find_in_text(text, passage.match_length, passage.match_sha256)
        if len(spans) == 1 and (shift := spans[0][0] - passage.start) not in self.shifts:
            self.shifts.append(shift)
        return spans

    def words(self, passage: Passage) -> str | None:
        """The words of a passage, if the text before is at hand."""
        known = self.text is not None and stands(self.text, passage)
        return self.text[passage.start : passage.end] if known and self.text else None

    def _moved(self, text: str, passage: Passage) -> str | None:
        """The words of a passage that moved as others did: looking for its hash takes a hundred times as long."""
        moved = (text[max(0, passage.start + shift) : passage.end + shift] for shift in self.shifts)
        return next((words for words in moved if digest(words) == passage.sha256), None)


def passage_of_words(
    text: str, words: str, choice: tuple[object, object] = (None, None), long: bool = False
) -> Passage:
    """The one passage that reads as the words; of several the one in the paragraph, or with the start, of the choice.

    `long` if it may be longer than an anchor should be. Raises NoPassage.
    """
    anywhere = whole_occurrences(text, words.strip())
    if not anywhere:
        cure = "copy the words from the text, in the same capital letters"
        raise NoPassage(f"{quoted(words)} is not in its text", cure, nearest_passages(text, words, NEAREST))
    paragraph, start = choice
    chosen = [span for span in anywhere if paragraph in (None, paragraph_at(text, *span)) and start in (None, span[0])]
    if not chosen:
        place = f"in paragraph {paragraph}" if start is None else f"at {start}"
        raise NoPassage(f"{quoted(words)} is not {place}", "name the place where it is, or none", anywhere)
    if len(chosen) > 1:
        cure = "take a word more, or put paragraph: or start: of the one meant beside words"
        raise NoPassage(f"{quoted(words)} stands {len(chosen)} times in its text", cure, chosen)
    return _pinned(text, chosen[0], long)


def passage_again(text: str, passage: Passage, former: Former, claim: str, long: bool = False) -> Passage:
    """The one passage of a changed text that reads as the one anchored before, for a claim; raises NoPassage."""
    if stands(text, passage):
        return passage
    spans = former.spans(text, passage)
    within = [span for span in spans if paragraph_at(text, *span) == passage.paragraph]
    found = within if len(within) == 1 else spans
    if len(found) == 1:
        return _pinned(text, found[0], long)
    where = f"the passage anchored in paragraph {passage.paragraph}"
    if found:
        cure = 'put words: "…" with paragraph: or start: of the one meant beside source'
        raise NoPassage(f"{where} stands {len(found)} times in its text", cure, found)
    cure = 'put words: "…" of the passage that is meant now beside source'
    words = former.words(passage)
    near = nearest_passages(text, words or claim, NEAREST, LIKE_CLAIM if words is None else LEAST_LIKE)
    raise NoPassage(f"{where} is not in its text any more", cure, near)


def stands(text: str, passage: Passage) -> bool:
    """Whether the text has the passage where the anchor says."""
    try:
        return pin(text, passage.start, passage.end) == passage
    except ValueError:
        return False


def _pinned(text: str, span: Span, long: bool) -> Passage:
    try:
        passage = pin(text, *span)
    except ValueError as error:
        raise NoPassage(str(error), "anchor whole words of one paragraph", [span]) from error
    if passage.end - passage.start > MAX_ANCHOR and not long:
        message = f"the passage has {passage.end - passage.start} characters, more than {MAX_ANCHOR}"
        raise NoPassage(message, "choose the shortest passage that carries it, or say why in whole", [span])
    return passage


def quoted(words: str) -> str:
    """The words in quotation marks, on one line."""
    return f"“{' '.join(words.split())}”"
