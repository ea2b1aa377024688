"""What counts as an hour and what a quarter still needs: pure functions."""
