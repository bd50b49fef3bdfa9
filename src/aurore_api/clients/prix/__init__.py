"""Clients' own prices and discounts, for articles and for familles (CLI-09, CAL-04)."""
