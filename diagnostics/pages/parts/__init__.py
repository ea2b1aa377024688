"""Parts of the pages of diagnostics."""
