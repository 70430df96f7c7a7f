"""Older directories."""
