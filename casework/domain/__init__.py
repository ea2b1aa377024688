"""Pure rules of accompanying initiatives."""
