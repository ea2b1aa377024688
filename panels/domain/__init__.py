"""Panels as values: criteria, sheets, means, and who may see them."""
