"""Pieces that the dashboards share."""
