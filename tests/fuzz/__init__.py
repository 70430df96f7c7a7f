"""Every parser, with inputs that nobody meant."""
