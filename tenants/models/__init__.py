"""The models of the tenants app."""
