"""The version of this package, which follows the rules of semantic versioning by itself, apart from the server's."""

VERSION = "0.1.0"
