"""Leftovers: what a shop has left of a day, for the production of a later one (MAG-21)."""
