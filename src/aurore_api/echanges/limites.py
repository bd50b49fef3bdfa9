"""How much one file may hold (SEC-05)."""

LIGNES_MAX = 100_000
"""Most rows under the headings, empty ones included."""
COLONNES_MAX = 200
CELLULES_MAX = 5_000_000
"""Most cells of a sheet's rectangle, which is held in memory whole."""
DEPLIE_MAX = 128 * 1024 * 1024
"""Most bytes of a workbook, unpacked."""
