"""Requests, initiatives, cases, needs, consultations and their timeline."""
