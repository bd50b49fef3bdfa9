"""The HTTP interface over `aurore_domain`: slices that look alike, on the shared foundation in `socle`."""
