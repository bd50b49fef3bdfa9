"""Forgetting who a private client was (CLI-10), in every slice that knows."""
