"""The stock: an append-only ledger of movements, the balances that are its sums, and what goods have cost."""
