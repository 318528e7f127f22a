"""How long tests wait for other programs: so long that a busy machine fails none of them."""

PATIENCE = 10 * 60  # seconds
