"""Diagnostics: instruments, assessments, scoring, gaps and change between runs."""
