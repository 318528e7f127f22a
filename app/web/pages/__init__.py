"""The pages for people: what the service is, its API reference, what its problems mean."""
