"""Tests that open the real site in a real browser."""
