"""Tests of the records: what is stored, taken in, given out, and kept back."""
