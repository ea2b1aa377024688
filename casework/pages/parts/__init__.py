"""Pieces of the pages of casework."""
