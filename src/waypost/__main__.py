"""``python -m waypost`` does what the ``waypost`` command does."""

from waypost.cli import main

main()
