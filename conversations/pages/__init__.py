"""The pages of the conversations app."""
