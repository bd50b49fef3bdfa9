"""The two lines of migrations: `commun` for what sociétés share, `societe` for each of their schemas (OPS-03)."""
