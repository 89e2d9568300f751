"""The REST API of the people who answer."""
