"""The operators app."""

from django.apps import AppConfig


class OperatorsConfig(AppConfig):
    name = "operators"

    def ready(self) -> None:
        """Fill the registry: every process must know every event."""
        import operators.events  # noqa: F401
