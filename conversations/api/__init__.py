"""The REST API of conversations: each method parses, calls an action or a query, and answers."""
