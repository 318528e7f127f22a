"""Reading a dossier: YAML with line numbers, everything checked, every finding reported at once."""
