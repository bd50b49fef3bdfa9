"""Calendars of clients: when they are open (CLI-06)."""
