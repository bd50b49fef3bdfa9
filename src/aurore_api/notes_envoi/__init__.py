"""Delivery notes of a day: open commandes become numbered bordereaux, printed as one PDF (MAG-22, IMP-11)."""
