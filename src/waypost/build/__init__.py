"""The static edition: the same pages as files, byte-identical for the same day."""
