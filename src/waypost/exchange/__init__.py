"""Formats: each turns bytes into records and Problems, and back."""
