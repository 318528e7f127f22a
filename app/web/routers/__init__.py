"""The routes: made from the declarations, and the few written by hand."""

from typing import Any

Docs = dict[str, Any]  # what FastAPI is told of a route
