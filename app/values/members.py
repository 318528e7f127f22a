"""The members of a JSON object that was parsed: their types are known to whoever asks for one by name."""

from collections.abc import Mapping
from typing import Any

Members = Mapping[str, Any]
