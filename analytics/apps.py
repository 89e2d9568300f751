"""The analytics app."""

from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "analytics"

    def ready(self) -> None:
        """Fill the registries: every process must know every reader and every timer."""
        import analytics.subscribers
        import analytics.timers  # noqa: F401
