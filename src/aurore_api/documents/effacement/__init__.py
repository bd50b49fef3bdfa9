"""Erasing what is done with, in batches, with a trace of every number (EFF-01, EFF-02)."""
