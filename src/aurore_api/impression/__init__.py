"""Turns a print model into an A4 PDF; knows no table and no other slice."""
