"""Pieces that pages of hours share."""
