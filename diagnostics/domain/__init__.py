"""What a diagnostic is and how it is scored: pure values and functions."""
