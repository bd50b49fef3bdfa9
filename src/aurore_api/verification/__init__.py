"""Recomputes what a database holds and lists every difference (OPS-06). Reads only; knows the SQL of every slice."""
