"""Files that casework writes."""
