"""Metrics of the server in the exposition format of Prometheus: requests, how long they took, what is kept and held.

With several workers each writes its numbers into a folder that all of them read, so that any of them answers for all.
One that replaces another goes on with its files.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, Histogram, Metric, values
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from app.query.reader import ReleaseInfo
from app.web import slots

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # names that folder, by the library's own name
PREFIX = "onrecord"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
NO_ROUTE = "none"  # of a request that no path of ours answers
ROUTES = 2000  # routes with a status that are kept at hand

Held = Mapping[str, Callable[[], float]]  # what a worker holds at the moment, by name
ABOUT = {
    "cache_bytes": "Bytes of finished answers in memory.",
    "exports_in_progress": "Exports that are being sent.",
}


class Metrics:
    """The metrics of one worker; `held` are read when somebody asks."""

    def __init__(self, held: Held) -> None:
        if SHARED in os.environ:
            _name_files(Path(os.environ[SHARED]))
        self._registry, self._held = CollectorRegistry(), held
        self._seconds = Histogram(
            f"{PREFIX}_http_request_seconds",
            "Seconds from the first byte of a request to the last one of its answer.",
            ["route", "status", "cached"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self._gauges = {name: self._gauge(name) for name in held}
        self._of = lru_cache(maxsize=ROUTES)(self._child)

    def _gauge(self, name: str) -> Gauge:
        made = Gauge(f"{PREFIX}_{name}", ABOUT[name], multiprocess_mode="livesum", registry=self._registry)
        made.set(0)  # and not what the worker held that this one replaces
        return made

    def _child(self, route: str, status: int, cached: bool) -> Histogram:
        return self._seconds.labels(route or NO_ROUTE, str(status), str(cached).lower())

    def answered(self, route: str, status: int, seconds: float, cached: bool) -> None:
        """Count one answer by the template of its path, its status, and whether it came from memory."""
        self._of(route, status, cached).observe(seconds)

    def text(self, accept: str, info: ReleaseInfo | None) -> tuple[bytes, str]:
        """Everything, in the format that is accepted most, and its media type; `info` is of the current release."""
        for name, gauge in self._gauges.items():
            gauge.set(self._held[name]())
        registry = CollectorRegistry()
        registry.register(_Release(info))
        if SHARED in os.environ:
            _forget_the_dead(Path(os.environ[SHARED]))
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        else:
            registry.register(self._registry)
        encode, media_type = choose_encoder(accept)
        return encode(registry), media_type


class _Release(Collector):
    """Which release is current; none where there is none."""

    def __init__(self, info: ReleaseInfo | None) -> None:
        self._info = info

    def collect(self) -> Iterator[Metric]:
        """Yield the one metric."""
        told = GaugeMetricFamily(f"{PREFIX}_release_info", "1 for the current release.", labels=["release", "label"])
        if self._info is not None:
            told.add_metric([self._info.id, self._info.label], 1)
        yield told


@cache
def _name_files(folder: Path) -> None:
    """Have the library name the files of this process by a slot: with its id every worker would leave some behind."""
    slot = slots.take(folder)
    values.ValueClass = values.MultiProcessValue(lambda: slot)  # type: ignore[no-untyped-call]


def _forget_the_dead(folder: Path) -> None:
    """What a worker held at its death is held no longer; what it counted stays."""
    for slot in slots.free(folder):
        mark_process_dead(slot, str(folder))  # type: ignore[no-untyped-call]
