"""The till: shops, their parameters, what their tills push and what becomes of it (MAG-01 to MAG-26)."""
