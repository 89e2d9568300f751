"""The models of the operators app."""

from operators.models.user import User

__all__ = ["User"]
