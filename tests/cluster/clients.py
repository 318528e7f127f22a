"""Who asks behind the proxy, and who watches nodes directly: every answer is compared with what may be answered."""

import asyncio
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from cluster.expected import Expected
from deploy.proxies import HOST
from soak.wire import ask

RELEASE = re.compile(r"[?&]release=([0-9a-f]{64})")
PAUSE = 0.2  # seconds between two requests of a client, on average: five of them ask 25 times a second


@dataclass
class Seen:
    """What clients of one port saw."""

    statuses: Counter[int] = field(default_factory=Counter)
    releases: Counter[str] = field(default_factory=Counter)  # by id
    wrong: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    older: int = 0  # answers of a release before the one that had been announced when they were asked for
    slowest: float = 0.0

    @property
    def requests(self) -> int:
        """All of them."""
        return sum(self.statuses.values())


class Clients:
    """All who ask; `announced` is the release that everybody should see by now."""

    def __init__(self, expected: Expected) -> None:
        self.expected, self.announced = expected, ""
        self.behind_proxy = Seen()
        self._begun = time.monotonic()

    async def read(self, port: int, seen: Seen, seed: int) -> None:
        """Ask one thing after the other, for ever."""
        random = Random(seed)
        while True:
            await asyncio.sleep(random.random() * 2 * PAUSE)
            await self.ask(port, random.choice(self.expected.targets), seen)

    async def ask(self, port: int, target: str, seen: Seen) -> None:
        """Ask for one thing, and judge the answer."""
        announced, begun = self.announced, time.monotonic()
        try:
            answer = await ask(port, "GET", target, {"Host": HOST})
        except (OSError, EOFError, TimeoutError) as error:
            seen.statuses[0] += 1
            seen.failed.append(f"{self.elapsed:.1f} s: {target}: {error!r}")
            return
        seen.statuses[answer.status] += 1
        seen.slowest = max(seen.slowest, time.monotonic() - begun)
        if answer.status != 200:
            seen.failed.append(f"{self.elapsed:.1f} s: {target}: {answer.status} {answer.body[:300]!r}")
            if answer.status != 503 or not answer.headers.get("retry-after"):
                seen.wrong.append(f"{target}: {answer.status} without Retry-After")
            return
        named = RELEASE.search(answer.headers.get("content-location", ""))
        release = named[1] if named else ""
        seen.releases[release] += 1
        seen.older += bool(announced) and self.expected.is_before(release, announced)
        if not self.expected.holds(release, target, answer.body):
            seen.wrong.append(f"{self.elapsed:.1f} s: {target} of {release[:16]}: {answer.body[:200]!r}")

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._begun
