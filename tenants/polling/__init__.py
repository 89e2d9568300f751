"""Sockets for networks that refuse them: the same frames over plain requests, answered when there is something to say.

The consumers do not notice. A session lives in the process that opened it; what it is told and what it says lie in
the broker, so that any process can take a request of it.
"""

from tenants.polling.door import Polling

__all__ = ["Polling"]
