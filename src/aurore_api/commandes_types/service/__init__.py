"""The verbs of standing orders, a file per subject; other slices use `previsions`."""
