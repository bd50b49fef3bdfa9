"""Articles, what belongs to them, and the bar codes that tell them (ART-01 to ART-18)."""
