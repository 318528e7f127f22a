"""The site: what every route needs to answer: the releases, the base that our URLs start with, and bounds."""

from dataclasses import dataclass, field

from app.query.reader import Library
from app.web.exports import Exports

API_VERSION = "0.2.0"  # of the contract with clients; enters every ETag


@dataclass(frozen=True)
class Site:
    """The releases, the fixed public URL if there is one, and the hosts that are answered."""

    library: Library
    public_url: str | None = None
    hosts: tuple[str, ...] = ()
    cache: int = 0  # bytes of finished answers that are kept
    exports: Exports = field(default_factory=Exports)

    def base(self, scheme: str, host: str) -> str:
        """What our absolute URLs start with, without a slash at the end. The guard has checked the Host."""
        return f"{scheme}://{host}" if self.public_url is None else self.public_url.rstrip("/")
