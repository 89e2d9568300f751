"""The conversations app."""

from importlib import import_module

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "conversations"

    def ready(self) -> None:
        """Fill the registries of event readers and timers, in every process alike."""
        for module in ("subscribers", "timers"):
            import_module(f"conversations.{module}")
