"""What casework writes for the outside: feeds, public pages and papers."""
