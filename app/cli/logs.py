"""The log of `serve`: lines on standard error, as text or as JSON."""

import logging
from typing import Literal

FORMAT = "%(asctime)s %(levelname)s %(message)s"
TIME = "%Y-%m-%dT%H:%M:%S%z"


class Noteworthy(logging.Filter):
    """Lets through uvicorn's warnings, and that a worker died, which the supervisor logs at INFO."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= logging.WARNING or " died" in record.getMessage()


def log_config(form: Literal["text", "json"]) -> dict[str, object]:
    """Return the configuration of Python's logging; in JSON what a line tells stands in members of its own too."""
    formatter: dict[str, object] = {"format": FORMAT, "datefmt": TIME}
    if form == "json":
        names = {"asctime": "time", "levelname": "level"}
        formatter |= {"()": "pythonjsonlogger.json.JsonFormatter", "rename_fields": names}
    stderr: dict[str, object] = {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "filters": {"noteworthy": {"()": Noteworthy}},
        "handlers": {"stderr": stderr, "uvicorn": {**stderr, "filters": ["noteworthy"]}},
        "loggers": {
            "onrecord": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            "uvicorn": {"handlers": ["uvicorn"], "level": "INFO", "propagate": False},
        },
    }
