"""The société's own data and commercial parameters (TAB-03, the part that documents need)."""
