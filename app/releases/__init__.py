"""The life of a release: built, published, opened for reading; the only room that writes to a database."""
