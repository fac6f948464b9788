"""How often codes are read from labels, slips and the screen, and from photos made worse, beside a plain QR code of the same size at
the same place on white paper: ``python -m benchmarks.codes [--photos 40] [--only "50x30"] [--readers jsQR,zbar]``.

Readers: zxing-cpp, zbar and OpenCV from the tests' packages, jsQR from npm where node and npm are there (it is put into a folder that
goes again). A figure is the share of photos from which the right code was read; in brackets that of the plain code.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
import zxingcpp
from PIL import Image
from pyzbar import pyzbar

from benchmarks.photos import DAMAGES, PAPER, photo
from kiosk.codes import Kind, code_from_number, new_code
from kiosk.codes.symbols import qr
from kiosk.documents.label import LABELS, Label, draw_label
from kiosk.documents.slip import Slip, draw
from kiosk.documents.stub import Steps, stub

Reader = Callable[[Sequence[Image.Image]], list[set[str]]]
NAMES = ("Lastenvaunujen sadesuoja ja makuupussi", "Дощовик до дитячого візка, ґудзики й п’ять їжачків")


def zxing(pictures: Sequence[Image.Image]) -> list[set[str]]:
    return [{found.text for found in zxingcpp.read_barcodes(picture)} for picture in pictures]


def zbar(pictures: Sequence[Image.Image]) -> list[set[str]]:
    ours = [pyzbar.ZBarSymbol.QRCODE, pyzbar.ZBarSymbol.CODE128]
    return [{found.data.decode() for found in pyzbar.decode(picture, symbols=ours)} for picture in pictures]


def opencv(pictures: Sequence[Image.Image]) -> list[set[str]]:
    detector = cv2.QRCodeDetector()
    return [{detector.detectAndDecode(np.asarray(picture.convert("L")))[0]} for picture in pictures]


def jsqr_from(folder: Path) -> Reader | None:
    """Return jsQR as a reader, fetched from npm into `folder`; None where that cannot be."""
    if not shutil.which("node") or not shutil.which("npm"):
        return None
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), "jsqr"]
    if subprocess.run(command, capture_output=True).returncode:
        return None

    def read(pictures: Sequence[Image.Image]) -> list[set[str]]:
        lines = []
        for at, picture in enumerate(pictures):
            file = folder / f"{at}.grey"
            file.write_bytes(picture.convert("L").tobytes())
            lines.append(f"{picture.width} {picture.height} {file}")
        script = [str(Path(__file__).with_name("jsqr.js")), str(folder / "node_modules" / "jsqr")]
        said = subprocess.run(
            ["node", *script], input="\n".join(lines), capture_output=True, text=True, check=True
        ).stdout
        return [{line} for line in said.split("\n")[: len(pictures)]]

    return read


#: A 10.1" screen: pixels of a millimetre, and its type steps.
MM = 5.884
STEPS = Steps(MM, (15 * MM, 9.6 * MM, 7.4 * MM, 5.6 * MM, 4.6 * MM))
#: Left and upper edge of a QR code and its width without the quiet zone, dots.
Place = tuple[int, int, int]


def subjects() -> dict[str, tuple[Image.Image, str, Place, int]]:
    """Return what is read: the picture, its code, the place of its QR code, and how wide the picture is on a photo."""
    shown: dict[str, tuple[Image.Image, str, Place, int]] = {}
    face = Image.radial_gradient("L").convert("RGB")
    item, ticket = code_from_number(Kind.ITEM, 4711), new_code(Kind.TICKET)
    for dpi in (203, 300):
        for key, size in LABELS.items():
            image = draw_label(Label(item, NAMES, "A3 · 45 × 90 cm", face), size, dpi)
            shown[f"label {key} mm, {dpi} dpi"] = image, item, _qr_place(image, item), PAPER
    slip = Slip("Help Center Lumijobi", NAMES[0], face, ticket, "Collect by: Friday", (NAMES[0],) * 3, NAMES[0])
    for name, width in (("slip 58 mm", 384), ("slip 80 mm", 576)):
        image = draw(slip, width)
        shown[name] = image, ticket, _qr_place(image, ticket), PAPER // 2
    for name, (width, height) in (("screen, portrait", (124, 100)), ("screen, landscape", (132, 104))):
        image = stub(slip, (round(width * MM), round(height * MM)), STEPS).convert("RGB").convert("L")
        shown[name] = image, ticket, _qr_place(image, ticket), PAPER
    return shown


def _qr_place(image: Image.Image, code: str) -> Place:
    for found in zxingcpp.read_barcodes(image):
        if found.format.name == "QRCode" and found.text == code:
            corner = found.position.top_left
            return int(corner.x), int(corner.y), int(found.position.top_right.x - corner.x)
    raise ValueError("the code is not read back from what was drawn")


def plain(code: str, place: Place, size: tuple[int, int]) -> Image.Image:
    """Return a QR code at the same place of white paper of the same size, and nothing else."""
    left, top, width = place
    symbol = qr(code, 8)
    side = round(width * symbol.width / (symbol.width - 64))  # with its quiet zone of 2 × 4 modules
    quiet = (side - width) // 2
    paper = Image.new("L", size, 255)
    paper.paste(symbol.resize((side, side), Image.Resampling.NEAREST), (left - quiet, top - quiet))
    return paper


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=40, help="of each kind [40]")
    parser.add_argument("--only", default="", help="what has this in its name [all]")
    parser.add_argument("--readers", default="zxing,zbar,OpenCV,jsQR", help="which, by commas [all]")
    options = parser.parse_args()
    count = options.photos
    with tempfile.TemporaryDirectory() as place:
        readers: dict[str, Reader] = {"zxing": zxing, "zbar": zbar, "OpenCV": opencv}
        if jsqr := jsqr_from(Path(place)):
            readers["jsQR"] = jsqr
        readers = {name: read for name, read in readers.items() if name in options.readers.split(",")}
        print(f"{'':24} {'':12}" + "".join(f"{name:>16}" for name in readers))
        for name, (image, code, where, wide) in subjects().items():
            if options.only not in name:
                continue
            beside = plain(code, where, image.size)
            for kind, damage in {"as drawn": None, **DAMAGES}.items():
                pair = [
                    [photo(paper, damage, seed, wide=wide) for seed in range(count)] if damage else [paper]
                    for paper in (image, beside)
                ]
                shares = [[_share(read(pictures), code) for pictures in pair] for read in readers.values()]
                print(
                    f"{name:24} {kind:12}" + "".join(f"{ours:8.0%} ({other:4.0%})" for ours, other in shares),
                    flush=True,
                )


def _share(read: list[set[str]], code: str) -> float:
    return sum(code in texts for texts in read) / len(read)


if __name__ == "__main__":
    main()
