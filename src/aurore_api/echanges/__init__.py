"""Import and export of articles, their units and tariffs, and clients, as CSV and XLSX (ART-19)."""
