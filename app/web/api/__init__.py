"""The road of a request: from the URL to the bytes of its answer."""
