"""Digits made alike, so that a number of some form is found as a plain text is: faster than by a pattern."""

_ALIKE = bytes(ord("0") if chr(byte).isdigit() else byte for byte in range(128)) + bytes(range(128, 256))


def as_zeros(text: bytes) -> bytes:
    """The text with a 0 for every ASCII digit."""
    return text.translate(_ALIKE)
