"""The routes: made from the declarations, and the few written by hand."""

from app.values.members import JsonObject

Docs = JsonObject  # what FastAPI is told of a route
