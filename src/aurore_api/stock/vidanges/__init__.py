"""Crates: what every client has of each kind (CLI-12)."""
