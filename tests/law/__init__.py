"""Tests of the law: its files, its engine, its answers."""
