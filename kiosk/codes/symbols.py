"""QR and Code128 symbols with whole-dot modules, so that the printer's grid does not blur them."""

from __future__ import annotations

from functools import lru_cache

import qrcode
from barcode.codex import Code128
from PIL import Image
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_Q
from qrcode.util import MODE_ALPHA_NUM, QRData

#: Quiet zones in modules: 4 around a QR code (ISO/IEC 18004), 10 beside a Code128 (ISO/IEC 15417).
QR_QUIET = 4
BARS_QUIET = 10
#: Minimum printer dots of a QR module (Denso Wave).
QR_LEAST_SCALE = 4
BLACK, WHITE = 0, 255


def qr(code: str, scale: int = 8) -> Image.Image:
    """Return the QR symbol of a bare code: level Q, alphanumeric, quiet zone included, `scale` dots a module.

    The image is "L", only 0 and 255. Raises ValueError for a scale under 1 or text outside the alphanumeric set.
    """
    matrix = _qr_matrix(code)
    return _enlarge([[WHITE if not dark else BLACK for dark in row] for row in matrix], scale, scale)


def text_qr(text: str, scale: int = 8) -> Image.Image:
    """Return the QR symbol of any text for phones: level L, so that a long text stays coarse, otherwise as `qr`."""
    symbol = qrcode.QRCode(error_correction=ERROR_CORRECT_L, border=QR_QUIET)
    symbol.add_data(text.encode())
    return _enlarge([[BLACK if dark else WHITE for dark in row] for row in symbol.get_matrix()], scale, scale)


def qr_modules(code: str) -> int:
    """Return how many modules wide the symbol of `code` is, quiet zone included."""
    return len(_qr_matrix(code))


def code128(code: str, scale: int = 2, height: int = 80) -> Image.Image:
    """Return the Code128 symbol of a bare code, quiet zone left and right included.

    `scale` dots for a module, `height` dots high; the image is "L", only 0 and 255. Raises ValueError for a scale or
    height under 1.
    """
    return _enlarge([[BLACK if dark else WHITE for dark in _bars(code)]], scale, height)


def code128_modules(code: str) -> int:
    """Return how many modules wide the symbol of `code` is, quiet zone included."""
    return len(_bars(code))


@lru_cache(maxsize=32)  # a label needs the size first, then the image
def _qr_matrix(code: str) -> tuple[tuple[bool, ...], ...]:
    symbol = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=QR_QUIET)
    symbol.add_data(QRData(code, mode=MODE_ALPHA_NUM))
    return tuple(tuple(bool(dark) for dark in row) for row in symbol.get_matrix())


def _bars(code: str) -> list[bool]:
    quiet = [False] * BARS_QUIET
    return quiet + [module == "1" for module in Code128(code).build()[0]] + quiet


def _enlarge(rows: list[list[int]], across: int, down: int) -> Image.Image:
    if across < 1 or down < 1:
        raise ValueError("a module is at least one dot")
    image = Image.new("L", (len(rows[0]), len(rows)))
    image.putdata([value for row in rows for value in row])
    return image.resize((image.width * across, image.height * down), Image.Resampling.NEAREST)
