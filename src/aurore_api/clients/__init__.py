"""Clients, what their documents start with, and where they are delivered (CLI-01 to CLI-03)."""
