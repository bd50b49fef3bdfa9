"""Documents of every type and their lines: one resource, one table of headers, one of lines."""
