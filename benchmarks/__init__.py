"""The benchmark: onrecord beside a bare server and two peers that serve the same rows."""
