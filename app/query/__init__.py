"""The language of questions: filters, sort keys, cursors, and the plan they make over declared tables."""
