"""The evening routine of a shop, as a job (MAG-23). A slice of its own: it asks the others, none of which knows it."""
