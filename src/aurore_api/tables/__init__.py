"""The plain tables of a société (TAB-01) and their Belgian defaults (TAB-02)."""
