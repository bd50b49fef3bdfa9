"""What a client ordered lately, and lines made of it (DOC-14)."""
