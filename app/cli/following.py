"""Following the files of dossiers: whenever they have changed they are checked, and what passes is shown."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event

from app.cli.check import print_findings
from app.cli.console import err, uncollected, why
from app.dossier.check import NotADossier, check
from app.releases.build import plan
from app.releases.catalogue import StoreError
from app.releases.preview import preview_release
from app.releases.sqlite import SqliteStore
from app.web.preview import State

INTERVAL = 0.25  # seconds between two looks at the files: no notice of the system reaches mounts and network folders

Stamps = frozenset[tuple[str, int, int, int]]  # of each file: path, inode, size and time


class Stopped(Exception):
    """The preview ends while files are checked or built."""


class Follower:
    """The files of some dossiers, and the store that shows them; `show` is called with each new state."""

    def __init__(self, dossiers: Sequence[Path], store: SqliteStore, show: Callable[[State], None]) -> None:
        self._dossiers, self._store, self._show = dossiers, store, show
        self._seen: Stamps = frozenset()
        self.label = ""
        self.stopped = Event()

    def follow(self) -> None:
        """Look at the files again and again until `stopped` is set; raise Stopped if that comes in the middle."""
        while not self.stopped.wait(INTERVAL):
            if stamps(self._dossiers) != self._seen:
                self._settle()
                self.look()

    def look(self) -> None:
        """Check the files as they are now, and show what passes; tell what is wrong, and go on with what was shown."""
        self._seen = stamps(self._dossiers)
        try:
            with uncollected():
                state = self._checked()
        except (NotADossier, StoreError) as error:
            state = self._unreadable(str(error))
        except OSError as error:
            state = self._unreadable(why(error))
        self._show(state)

    def _settle(self) -> None:
        """Wait until nobody is writing any more: an editor writes a file in steps, others write many."""
        before, now = self._seen, stamps(self._dossiers)
        while now != before and not self.stopped.wait(INTERVAL):
            before, now = now, stamps(self._dossiers)

    def _checked(self) -> State:
        report = check(self._dossiers, progress=self._go_on)
        print_findings(report)
        findings = tuple(finding.text for finding in report.findings)
        if report.corpus is None:
            return self._behind(findings)
        before, self.label = self.label, preview_release(self._store, plan(report.corpus), self._go_on).info.label
        err().print(f"edition {self.label} is shown" if self.label != before else "no record has changed", markup=False)
        return State(self.label, findings, current=True)

    def _unreadable(self, reason: str) -> State:
        err().print(f"onrecord: {reason}", markup=False)
        return self._behind((reason,))

    def _behind(self, findings: Sequence[str]) -> State:
        shown = f"edition {self.label} is shown, as the files were before" if self.label else "nothing is shown"
        err().print(f"{shown}, until that is mended", markup=False)
        return State(self.label, findings)

    def _go_on(self, *_: object) -> None:
        if self.stopped.is_set():
            raise Stopped


def stamps(dossiers: Sequence[Path]) -> Stamps:
    """Return by what a change of any file shows, texts among them; hidden files and folders are left alone."""
    return frozenset(stamp for folder in dossiers for stamp in _stamps(folder))


def _stamps(dossier: Path) -> Iterator[tuple[str, int, int, int]]:
    for folder, below, names in os.walk(dossier):
        below[:] = [name for name in below if not name.startswith(".")]
        for name in names:
            with suppress(OSError):  # it went meanwhile
                path = os.path.join(folder, name)
                stat = os.stat(path)
                if not name.startswith("."):
                    yield path, stat.st_ino, stat.st_size, stat.st_mtime_ns
