"""Choosing a file: what is taken is said before, and what was not taken is said in words.

Streamlit's uploader speaks English only and tells why it refused a file in a tooltip. Its
words are hidden by the stylesheet; ours stand beside it and show once it refuses.
"""

import json
from collections.abc import Sequence
from typing import Final, NamedTuple

import streamlit as st

from core.ui.desk import words

MEGABYTES: Final = 10


class ChosenFile(NamedTuple):
    """A file as the reader chose it."""

    name: str
    content: bytes


def choose_file(
    label: str, types: Sequence[str], *, key: str, megabytes: int = MEGABYTES
) -> ChosenFile | None:
    """Ask for one file of the given endings; None while there is none.

    A larger file, or one of another ending, is refused in the browser and by the server.
    """
    _ = words()
    endings = ", ".join(types)
    button = json.dumps(_("Choose a file"), ensure_ascii=False)
    with st.container(key=f"upload_{key}", gap="small"):
        st.html(f"<style>:root{{--house-choose:{button}}}</style>")
        file = st.file_uploader(label, type=list(types), key=key, max_upload_size=megabytes)
        st.caption(_("Up to {limit} MB · {types}", limit=megabytes, types=endings))
        with st.container(key=f"refused_{key}"):
            st.markdown(
                ":material/error: "
                + _(
                    "This file was not taken: it is larger than {limit} MB or is not one of"
                    " {types}. Take it away with the cross and choose another one.",
                    limit=megabytes,
                    types=endings,
                )
            )
    return None if file is None else ChosenFile(file.name, file.getvalue())
