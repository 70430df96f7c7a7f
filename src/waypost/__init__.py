"""Waypost: a self-hostable community guide to help, where every fact has a source and a date."""

__version__ = "0.1.0"
