#!/usr/bin/env python
"""Django's command line, with Parley's settings."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    # A command is one thread: it needs one connection and no pool of them.
    os.environ.setdefault("PARLEY_DB_POOL_SIZE", "0")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
