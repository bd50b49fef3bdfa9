"""The production list as it hangs on the wall of the bakehouse."""
