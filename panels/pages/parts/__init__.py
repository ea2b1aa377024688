"""Parts of the pages of panels."""
