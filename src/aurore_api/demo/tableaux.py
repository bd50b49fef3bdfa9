"""How the demo shows things: small tables."""

from rich.box import SIMPLE_HEAD
from rich.table import Table


def tableau_de(titre: str, *colonnes: str) -> Table:
    """An empty table."""
    return Table(*colonnes, box=SIMPLE_HEAD, pad_edge=False, title=titre, title_justify="left")
