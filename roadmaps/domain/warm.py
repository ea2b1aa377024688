"""Importing this module loads the compiled passes, so that no visitor waits for them."""

from roadmaps.domain.machine import load

load()
