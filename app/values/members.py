"""JSON objects: what stands under a name is known to whoever asks for it by that name."""

from collections.abc import Mapping
from typing import Any

Members = Mapping[str, Any]  # as they were read
JsonObject = dict[str, Any]  # as they are made
