"""The door for programs: what every endpoint of the REST API shares, and the tenant's own endpoints."""
