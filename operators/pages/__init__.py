"""Pages about people: who may open one, joining, switching, settings."""
