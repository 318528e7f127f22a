"""Settings: what the environment says (`ONRECORD_*`), read once, refused if misspelt."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "ONRECORD_"


class Settings(BaseSettings):
    """One frozen set of settings; a test makes its own."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    store: Path = Field(default=Path("onrecord-data"), description="The folder that holds the releases.")
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^/?#\s@]+(/[^?#\s]*)?$",
        description="What our links start with, where a proxy changes host or path; may have a path prefix.",
    )
    hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Host names that are answered, separated by commas; any, if empty."
    )

    @field_validator("hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            tuple(part.strip().lower() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )


def from_environment() -> Settings:
    """The settings of this process; raises ValueError (pydantic's) for a bad value or a name that is no setting."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in os.environ:
        if name.startswith(PREFIX) and name not in known:
            raise ValueError(f"{name} is no setting: known are {', '.join(sorted(known))}")
    return Settings()
