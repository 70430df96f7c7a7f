"""What is true: pure functions of the pack, the need and the day. No file, no database, no clock."""
