"""The site: what every route needs to answer: the releases, the base that our URLs start with, and bounds."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.query.reader import Library
from app.web.exports import Exports

API_VERSION = "0.4.0"  # of the contract with clients; enters every ETag


@dataclass(frozen=True)
class Site:
    """The releases, the fixed public URL if there is one, and the hosts that are answered."""

    library: Library
    public_url: str | None = None
    hosts: tuple[str, ...] = ()
    cache: int = 0  # bytes of finished answers that are kept
    exports: Exports = field(default_factory=Exports)
    security_contact: str | None = None  # where faults of security are reported to
    metrics: bool = False  # whether answers are counted, and /metrics is answered
    access_log: bool = False  # whether every answer is logged, not only problems
    is_stopping: Callable[[], bool] = lambda: False  # whether the server was told to stop, and waits a while

    def base(self, scheme: str, host: str) -> str:
        """What our absolute URLs start with, without a slash at the end. The guard has checked the Host."""
        return f"{scheme}://{host}" if self.public_url is None else self.public_url.rstrip("/")
