"""What can be asked of the guide: find, law, route, intake, merge, publish, give."""
