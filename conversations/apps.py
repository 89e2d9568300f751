"""The conversations app."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "conversations"

    def ready(self) -> None:
        """Fill the registry: every process must know every event."""
        import conversations.events  # noqa: F401
