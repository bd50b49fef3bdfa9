"""Back-orders: what is ordered and still owed, given up or taken back (TRF-08)."""
