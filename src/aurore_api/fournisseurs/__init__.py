"""Suppliers (FOU-01)."""
