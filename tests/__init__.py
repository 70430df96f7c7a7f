"""The tests: read in a row, their docstrings say what is so."""
