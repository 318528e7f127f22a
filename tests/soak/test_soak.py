"""What the soak asks, and what it makes of its log."""

import json
from pathlib import Path

from soak.clients import documented
from soak.report import USED, Sample, read, report
from soak.run import Soak
from web.live import ROOT


def sample(uss: int, *failures: str, files: int = 40) -> Sample:
    """A minute."""
    use = {**dict.fromkeys(USED, 1), "survivor_uss": uss, "survivor_files": files}
    return {"seconds": 60.0, "use": use, "counts": {"answers": 2, "slowest ms": uss}, "failures": list(failures)}


def test_what_the_documentation_names_is_asked_as_it_has_to_be_sent() -> None:
    paths = documented(ROOT)
    assert {"/events", "/claims?disputed=true", "/actors?name=%D0%92%D1%83%D1%87%D0%B8%D1%9B"} <= set(paths)
    assert len(paths) > 100
    assert all(path.isascii() and " " not in path for path in paths)


def test_memory_or_files_that_grow_in_a_long_soak_are_a_fault() -> None:
    assert report([sample(100)] * 20 + [sample(102, files=70)] * 10).good
    assert not report([sample(100)] * 20 + [sample(104)] * 10).good
    assert not report([sample(100)] * 20 + [sample(100, files=80)] * 10).good
    assert report([sample(100)] * 10 + [sample(200)] * 5).good  # too short to tell


def test_every_failure_is_told_and_counts_are_summed_up() -> None:
    told = report([sample(100), sample(300, "/events: 500"), sample(200)])
    assert (told.good, told.seconds, told.failures) == (False, 180, ("/events: 500",))
    assert told.counts == {"answers": 6, "slowest ms": 300}
    assert "FAILED /events: 500" in told.text()
    assert "100, 300, 200" not in report([]).text()


def test_a_second_call_does_what_is_left(tmp_path: Path) -> None:
    lines = "".join(f"{json.dumps(sample(100))}\n" for _ in range(3))
    (tmp_path / "log.ndjson").write_text(f'{lines}{{"seconds": 5')
    assert len(read(tmp_path / "log.ndjson")) == 3
    assert Soak(tmp_path, 5).left == 120
    assert Soak(tmp_path, 1).left < 0
