"""The production lists that were printed, as they were: what documents warn by, and later lists are compared with."""
