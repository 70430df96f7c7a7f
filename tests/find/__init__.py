"""Tests of finding: words, danger signs, ranking, hours, distance, and the page's own search."""
