"""Texts that people wrote, as they stand, with their lines."""

from core.ui.desk import plain


def prose(text: str) -> str:
    """Give a text for Markdown with its line breaks kept and everything else escaped."""
    return "  \n".join(plain(line) for line in text.splitlines())
