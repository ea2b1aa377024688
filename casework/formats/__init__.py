"""What casework writes for the outside: feeds and public pages."""
