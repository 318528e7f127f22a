"""The command `vocabulary`: prints vocabularies and their terms. It reads entries only where a dossier is named."""

from pathlib import Path

from rich.table import Table

from app.cli.console import print_table, stop, why
from app.values.nearest import nearest
from app.vocabularies import CORE, Vocabularies, Vocabulary, names
from app.vocabularies.vocabulary import MEASURES


def print_vocabulary(name: str | None, dossiers: list[Path]) -> None:
    """Print the terms of a vocabulary, a row each, or the vocabularies; own terms of these dossiers among them."""
    if name is not None and name not in names():
        near = nearest(name, names())
        raise stop(
            f"there is no vocabulary {name}{f'; did you mean {near}?' if near else ': onrecord vocabulary lists them'}"
        )
    known = _with_terms_of(dossiers)
    print_table(_vocabularies(known) if name is None else _terms(known.by_name[name]))


def _with_terms_of(dossiers: list[Path]) -> Vocabularies:
    """Return the vocabularies with the terms of dossiers; end the command if a folder holds none."""
    if not dossiers:
        return CORE
    from app.dossier.layout import NotADossier
    from app.dossier.layout import dossiers as folders_of
    from app.dossier.own_terms import own_terms

    try:
        return own_terms(folders_of(dossiers)).vocabularies()
    except NotADossier as error:
        raise stop(str(error)) from error
    except OSError as error:
        raise stop(why(error)) from error


def _vocabularies(known: Vocabularies) -> Table:
    table = Table("vocabulary", "terms", "own terms", "what for", box=None)
    for vocabulary in known.by_name.values():
        own = "yes" if vocabulary.open else "no"
        table.add_row(vocabulary.name, str(len(vocabulary.terms)), own, vocabulary.about)
    return table


def _terms(vocabulary: Vocabulary) -> Table:
    measured = vocabulary.name == MEASURES
    table = Table("term", "label", *(["unit"] if measured else []), "other words", "definition", box=None)
    for id, term in vocabulary.terms.items():
        unit = ["money" if term.money else term.unit or ""] if measured else []
        table.add_row(id, term.label, *unit, ", ".join(term.aliases), term.definition)
    return table
