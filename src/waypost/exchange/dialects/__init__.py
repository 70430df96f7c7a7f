"""Older directories in: each dialect is one file that says its tables again in the terms of HSDS 3."""
