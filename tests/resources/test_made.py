"""Documents as a build makes them, without checking them again: all that their models say of them holds."""

from pathlib import Path

import pytest

from app.derive import derive
from app.entries.made import Made
from app.resources import by_kind
from app.vocabularies import using
from releases.publishing import DOSSIERS, ROOT, corpus_of

INVENTED = ROOT / "examples" / "lindvik-recall"


def checked(made: Made) -> Made:
    """The same, made by its model of plain members: every one of the right type, and none missing."""
    members = made.model_dump(by_alias=False, warnings="error")
    return type(made).model_validate(members, by_alias=False, by_name=True)


@pytest.mark.parametrize("dossiers", [DOSSIERS, (INVENTED,)], ids=["bundled and made for tests", "invented"])
def test_every_document_is_what_its_model_says(dossiers: tuple[Path, ...]) -> None:
    corpus = corpus_of(*dossiers)
    facts = derive(corpus)
    with using(corpus.vocabularies):
        for curated in corpus.curated:
            resource, derived = by_kind(curated.kind), facts[curated.entry.id]
            document = resource.describe(curated.entry, derived, corpus)
            assert document.stored() == checked(document).model_dump_json(exclude={"url"}, by_alias=True)
            for part in (below.of(derived) for below in resource.subdocuments):
                if part is not None:
                    assert part.written() == checked(part).model_dump_json(by_alias=True)
