"""HTTP: requests in, responses out; the only room that knows it."""
