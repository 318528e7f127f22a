"""Settings, read once from the environment (`ONRECORD_*`). A name that is no setting is refused."""

import os
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "ONRECORD_"

URL = re.compile(r"https?://[^/?#\s@]+(/[^?#\s]*)?")
# As in the Host header of a request (RFC 9110 section 7.2), but without the port.
HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
DSN = re.compile(r"postgres(?:ql)?://\S*")
# A web address has to be secure (RFC 9116 section 2.5.3).
CONTACT = re.compile(r"https://[^/?#\s@]+(/\S*)?|mailto:[^\s@]+@[^\s@]+|tel:\+?[0-9.()-]+")


class Settings(BaseSettings):
    """The settings of one server. A setting is the variable `ONRECORD_` with its name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    store: Path | SecretStr = Field(
        default=Path("onrecord-data"),
        description="The folder that holds the releases, or the `postgresql://` of a database that does, read only.",
    )
    admin_store: SecretStr | None = Field(
        default=None, description="The `postgresql://` by which commands write, if the store is a database."
    )
    public_url: str | None = Field(
        default=None,
        description="What our links start with, where a proxy changes host or path; may have a path prefix.",
    )
    cache: int = Field(default=32, ge=0, description="MiB of finished answers that are kept in memory; 0 for none.")
    query_seconds: float = Field(
        default=5,
        gt=0,
        allow_inf_nan=False,
        description="Seconds that a look-up in the database may take; then 503 `query-timeout`.",
    )
    prepare: bool = Field(
        default=False, description="Whether a database prepares statements; only where no PgBouncer stands before it."
    )
    exports: int = Field(
        default=16, ge=1, description="Exports that a worker sends at once; one more gets 503 `overloaded`."
    )
    metrics: bool = Field(default=True, description="Whether /metrics is answered, for Prometheus.")
    access_log: bool = Field(default=False, description="Whether every answer is logged, not only problems.")
    log_format: Literal["text", "json"] = Field(
        default="text", description="How log lines are written: `text`, or `json`, one object a line."
    )
    drain_seconds: float = Field(
        default=0,
        ge=0,
        allow_inf_nan=False,
        description="Seconds to go on answering after SIGTERM, while `/readyz` is 503 already.",
    )
    hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Host names that are answered, without ports, separated by commas; any, if empty."
    )
    security_contact: str | None = Field(
        default=None, description="Where faults of security are reported to: https:, mailto: or tel:. In security.txt."
    )

    @property
    def location(self) -> Path | str:
        """The folder of the store, or the DSN of its database."""
        return self.store if isinstance(self.store, Path) else self.store.get_secret_value()

    @field_validator("store", mode="before")
    @classmethod
    def _place(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        # A DSN may hold a password, which is printed nowhere; neither is what was meant for one.
        if DSN.fullmatch(value):
            return SecretStr(value)
        if not value.strip():
            raise PydanticCustomError("blank_store", "it is blank: name a folder, or leave the setting out")
        if "://" in value:
            message = "it is no folder, and no postgresql:// without blanks or line ends in it"
            raise PydanticCustomError("bad_store", message)
        return Path(value)

    @field_validator("admin_store")
    @classmethod
    def _dsn(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not DSN.fullmatch(value.get_secret_value()):
            begins = value.get_secret_value().startswith("postgres")
            message = "a blank or line end stands in it" if begins else "it does not begin with postgresql://"
            raise PydanticCustomError("bad_admin_store", message)
        return value

    @field_validator("public_url")
    @classmethod
    def _base(cls, value: str | None) -> str | None:
        if value is not None and not URL.fullmatch(value):
            message = "'{value}' is not http:// or https:// with a host and no query"
            raise PydanticCustomError("bad_public_url", message, {"value": value})
        return value.rstrip("/") if value else value

    @field_validator("security_contact")
    @classmethod
    def _contact(cls, value: str | None) -> str | None:
        if value is not None and not CONTACT.fullmatch(value):
            message = "'{value}' is no address that begins with https://, mailto: or tel:"
            raise PydanticCustomError("bad_contact", message, {"value": value})
        return value

    @field_validator("hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            tuple(part.strip().lower() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("hosts")
    @classmethod
    def _without_ports(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if not HOST.fullmatch(name):
                message = "'{name}' is not the name of a host: write names without ports, as data.example.org or [::1]"
                raise PydanticCustomError("bad_host", message, {"name": name})
        return value


def from_environment() -> Settings:
    """Return the settings of this process; raise ValueError, in one line, for bad values and unknown names."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    faults = [f"{name} is no setting" for name in unknown]
    if unknown:
        faults[-1] += f": known are {', '.join(sorted(known))}"
    try:
        made = Settings()
    except ValidationError as error:
        faults += [f"{PREFIX}{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors()]
    if faults:
        raise ValueError("; ".join(faults))
    return made
