"""The settings pages that concern the business and its people."""
