"""onrecord: who did what, who said what, and where it is written, as a read-only REST API."""

__version__ = "0.1.0"
