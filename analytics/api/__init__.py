"""The REST API of the reports: the figures of the pages, from the same queries."""
