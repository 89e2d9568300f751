"""Mail: rendered and queued in the transaction that makes it due, sent by a worker afterwards."""

from tenants.mail.queue import queue_mail

__all__ = ["queue_mail"]
