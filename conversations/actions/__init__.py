"""The writes of the conversations app, one verb a file."""
