"""API keys of a société and its journal of changes (SEC-01, SEC-04)."""
