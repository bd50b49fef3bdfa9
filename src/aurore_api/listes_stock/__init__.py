"""Lists of the stock as files (MVT-04)."""
