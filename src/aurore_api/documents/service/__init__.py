"""The verbs of documents, a file each."""
