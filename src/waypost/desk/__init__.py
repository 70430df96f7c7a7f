"""What can be asked of the guide: find, law, route, intake, publish."""
