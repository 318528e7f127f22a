"""Imports: what stands in tables and files of other forms, as entries of a dossier, each with the place it is from."""
