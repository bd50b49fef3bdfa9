"""Jobs as people see them: state, progress, outcomes, cancelling, a live stream (API-08)."""
