"""Releases: how one is built, published and read. No other room writes to a database."""
