"""The writes of the tenants app, one verb a file."""
