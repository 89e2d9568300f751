"""The models of the analytics app."""
