"""Standing orders of clients, and the commandes that are made from them (CLI-07)."""
