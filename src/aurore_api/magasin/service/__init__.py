"""The verbs of the till, a file per subject."""
