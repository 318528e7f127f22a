"""Popolo: people, organisations, posts, memberships and areas as legislatures and those who watch them publish them."""
