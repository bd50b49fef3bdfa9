"""The foundation every slice stands on: settings, database, sessions, keys, errors, journal. Knows no slice."""
