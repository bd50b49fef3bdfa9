"""The production list: what is asked for on a day, less what is left over (MAG-20, MAG-24)."""
