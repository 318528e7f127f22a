"""Publishing never disturbs a reader: no request fails, none mixes two releases, in any worker of a live server."""

from pathlib import Path

import pytest

from web.publication import late, play


@pytest.mark.thorough
def test_no_request_fails_or_mixes_releases_while_releases_come_and_go(tmp_path: Path) -> None:
    scene, outcomes, live = play(tmp_path, workers=2, rounds=3)
    assert [failure for outcome in outcomes for failure in outcome.failures] == []
    assert late(scene, outcomes) == []
    assert sum(outcome.bodies for outcome in outcomes) > 100
    assert sum(outcome.crossed for outcome in outcomes) > 0
    assert sum(len(outcome.gone) for outcome in outcomes) > 0
    assert "Traceback" not in live.log
