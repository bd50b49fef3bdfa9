"""The general accounts that posting codes lead to (IMP-01, IMP-02)."""
