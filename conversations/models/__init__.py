"""The models of the conversations app."""
