"""An address as a QR code: shown on a screen, it is opened by pointing a phone at it."""

from io import BytesIO
from typing import Final

_MODULE: Final = 6  # pixels: whole ones, so that edges stay sharp
_QUIET: Final = 4  # modules of white around the code, which the standard asks for


def qr_svg(address: str) -> str:
    """Draw an address as SVG, black on its own white, so that it is read on dark paper too.

    Up to 15 % of it may be covered or washed out by a lamp.
    """
    import segno  # noqa: PLC0415 — 35 ms, and few pages draw a code

    drawn = BytesIO()
    segno.make_qr(address, error="m").save(
        drawn, kind="svg", scale=_MODULE, border=_QUIET, dark="black", light="white",
        xmldecl=False, svgclass=None, lineclass=None, nl=False,
    )  # fmt: skip
    return drawn.getvalue().decode()
