"""Writes about people: one verb a file."""
