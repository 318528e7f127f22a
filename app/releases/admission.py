"""Admission: a store refuses a release that would break a published URL or take a dossier offline unasked."""

from collections.abc import Collection

from app.query.reader import Published
from app.releases.build import Plan
from app.releases.catalogue import Catalogue, StoreError


def admit(catalogue: Catalogue, release: Plan, without: Collection[str]) -> None:
    """Raise StoreError for a release that was withdrawn, has the label of another, or leaves out a dossier.

    `without` are the ids of dossiers of the current release that may be left out.
    """
    known = catalogue.releases.get(release.id)
    if known is not None and known.withdrawn is not None:
        reason = f"release {known.info.label} was withdrawn: {known.withdrawn}"
        raise StoreError(f"{reason}; publish an edition without what was wrong")
    _refuse_taken_label(catalogue, release)
    if catalogue.current is not None:
        _refuse_left_out(catalogue.current, release, without)


def _refuse_taken_label(catalogue: Catalogue, release: Plan) -> None:
    for id, other in catalogue.releases.items():
        if other.info.label == release.label and id != release.id:
            where = "dossier.yaml" if len(release.dossiers) == 1 else "a dossier.yaml"
            reason = f"the label {release.label} is already that of release {id[:16]}, which has other content"
            raise StoreError(f"{reason}: raise edition.label in {where}")


def _refuse_left_out(current: Published, release: Plan, without: Collection[str]) -> None:
    built = [dossier.id for dossier in release.dossiers]
    if both := sorted(set(without).intersection(built)):
        raise StoreError(f"{' and '.join(both)} cannot be both built and left out by --without")
    served = [dossier["id"] for dossier in current.about["dossiers"]]
    left_out = [id for id in served if id not in {*built, *without}]
    if left_out:
        options = " ".join(f"--without {id}" for id in left_out)
        reason = f"this would take {' and '.join(left_out)} offline, which release {current.info.label} serves"
        raise StoreError(f"{reason}: name the folders of all dossiers in one build, or say {options}")
