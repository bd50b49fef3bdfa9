"""The rules of `aurore_domain`, in milliseconds, without a database."""
