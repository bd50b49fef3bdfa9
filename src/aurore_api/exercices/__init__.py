"""Accounting years and the numbers drawn in them (DOC-02 to DOC-06)."""
