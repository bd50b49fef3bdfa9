"""Articles with their units, tariffs and labels (ART-01 to ART-04, ART-13, ART-14)."""
