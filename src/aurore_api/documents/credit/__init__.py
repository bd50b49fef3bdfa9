"""What clients owe or will owe, and the limit that is held against it (CLI-04, DOC-20)."""
