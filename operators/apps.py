"""The operators app."""

from django.apps import AppConfig


class OperatorsConfig(AppConfig):
    name = "operators"
