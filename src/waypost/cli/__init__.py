"""The ``waypost`` command."""

from waypost.cli.app import main

__all__ = ["main"]
