"""The verbs of the production list, a file per subject."""
