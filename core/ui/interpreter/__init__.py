"""The interpreter: says Streamlit's own words in the reader's language.

Streamlit speaks English only: "Select all", "HH:mm", "Press Enter to apply", and the labels that
a screen reader hears. Where one of its calls takes a word (`placeholder=`), our word goes in;
what is left is exchanged in the browser, outside of what people wrote. The same component, drawn
on every page, folds the menu on a phone once a page is chosen, and lets a finger on a chart
scroll the page.
"""

from pathlib import Path
from typing import Final

import streamlit as st

from core.i18n import Translator

_INTERPRETER: Final = st.components.v2.component(
    "casework_interpreter",
    js="\n".join(
        (Path(__file__).parent / name).read_text(encoding="utf-8")
        for name in ("menu.js", "fingers.js", "interpreter.js")
    ),
)


def interpret(_: Translator) -> None:
    """Have the browser exchange Streamlit's words, now and whenever it draws new ones."""
    _INTERPRETER(
        key="interpreter",
        data={
            "seen": seen(_),
            "heard": heard(_),
            "required": _("{label}, required", label="#"),
            "help": _("Help: {label}", label="#"),
        },
    )


def seen(_: Translator) -> dict[str, str]:
    """Map the words that stand on the page to the reader's; a number in them is a #."""
    return {
        "Select all": _("Select all"),
        "Select # matches": _("Select all found: {n}", n="#"),
        "No results": _("Nothing found"),
        "Press Enter to apply": _("Enter keeps it"),
        "Press Ctrl+Enter to apply": _("Ctrl+Enter keeps it"),
        "Press ⌘+Enter to apply": _("⌘+Enter keeps it"),
        "Press Enter to submit form": _("Enter sends the form"),
        "Press Ctrl+Enter to submit form": _("Ctrl+Enter sends the form"),
        "Press ⌘+Enter to submit form": _("⌘+Enter sends the form"),
        "This field is required.": _("Fill this in."),
        "Invalid time format. Please use HH:MM.": _("Write the time as 14:30."),
        "(required)": _("(required)"),
        "Use arrow keys to navigate dates. Enter to select. Escape to close.": _(
            "Arrow keys move between days, Enter chooses, Escape closes."
        ),
        "HH": _("hh"),
        "dd": _("dd"),
        "DD": _("dd"),
        "mm": _("mm"),
        "MM": _("mm"),
        "yyyy": _("yyyy"),
        "YYYY": _("yyyy"),
        **_of_tables(_),
    }


def heard(_: Translator) -> dict[str, str]:
    """Map what a screen reader says, or a field shows while it is empty, to the reader's."""
    return {
        "Choose an option": _("Choose"),
        "Choose options": _("Choose"),
        "Selected values": _("Chosen"),
        "Selectbox options": _("Options"),
        "Open": _("Open the list"),
        "Close": _("Close"),
        "Dismiss": _("Close"),
        "Clear all": _("Clear"),
        "Clear value": _("Clear"),
        "Clear entry": _("Clear"),
        "Clear date": _("Clear"),
        "Clear time": _("Clear"),
        "Choose date": _("Choose a day"),
        "Next month": _("Next month"),
        "Previous month": _("Previous month"),
        "Increment": _("More by a step"),
        "Decrement": _("Less by a step"),
        "Show password": _("Show the password"),
        "Hide password": _("Hide the password"),
        "Next page": _("Next page"),
        "Previous page": _("Previous page"),
        "Page #": _("Page {n}", n="#"),
        "Pagination": _("Pages"),
        "Copy to clipboard": _("Copy"),
        "Next Result": _("Next found"),
        "Previous Result": _("Previous found"),
        "Close Search": _("Close the search"),
        "Help": _("Help"),
        "Link to heading": _("Link to this place"),
        "App pages": _("Pages of the desk"),
        "Sidebar": _("Menu"),
        "Main menu": _("Menu of the program"),
        "Expand sidebar": _("Open the menu"),
        "Collapse sidebar": _("Close the menu"),
        "Navigate to home page": _("To my desk"),
        "Notifications": _("Messages"),
        "Running...": _("Working"),
        "Scroll tabs left": _("Tabs to the left"),
        "Scroll tabs right": _("Tabs to the right"),
        "Copy column name": _("Copy the column's name"),
        "Dataframe column menu": _("Menu of the column"),
        **_of_tables(_),
    }


def _of_tables(_: Translator) -> dict[str, str]:
    return {
        "Search": _("Find"),
        "Fullscreen": _("Whole screen"),
        "Close fullscreen": _("Back from the whole screen"),
        "Show/hide columns": _("Columns"),
        "Clear selection": _("Choose nothing"),
        "Delete row(s)": _("Delete rows"),
        "Add row": _("Add a row"),
        "Sort ascending": _("Sort upwards"),
        "Sort descending": _("Sort downwards"),
        "Autosize": _("Fit the width"),
        "Pin column": _("Pin the column"),
        "Unpin column": _("Unpin the column"),
        "Hide column": _("Hide the column"),
        "Automatic": _("Automatic"),
        "Localized": _("As is usual here"),
        "No options": _("Nothing to choose"),
    }
