"""Reopening of issued factures and notes de crédit, and what was issued before (DOC-08)."""
