"""The routes: made from the declarations, and the few written by hand."""
