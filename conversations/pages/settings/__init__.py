"""The settings pages about conversations: inboxes, canned replies, tags."""
