"""The one idea behind every picture: paper cut-outs in low winter light.

Lumijoki means snow river. Things stand on snow, lit from the upper left by a sun near the horizon: cool
blue-grey shadows fall to the right, the lit side is warm as coffee. Shapes are few, large and rounded; no
outlines, no text; a face is skin, two dots for eyes and a direction to look in. What informs is 3:1 against a white card.
Pictures are SVG built from plain strings and rendered by resvg.
"""

from __future__ import annotations

import io
from pathlib import Path

import resvg_py
from PIL import Image, ImageChops, ImageFilter

SNOW = "#F6F9FC"
FROST = "#E3EDF5"
ICE = "#C4DAE9"
RIVER = "#2E6F95"
DEEP = "#14405C"
NIGHT = "#0E2A3E"
COFFEE = "#6B4226"
CREMA = "#C98A4B"
HONEY = "#F2B84B"
#: Honey that can be told from a white card: 3.5:1.
AMBER = "#BC7607"
SUN = "#FFD98A"
BERRY = "#B5364B"
ROSE = "#E7A6A1"
PINE = "#2F5D50"
MOSS = "#86A873"
BIRCH = "#F3E9DC"
WOOD = "#B98B5E"
WOOD_DARK = "#8C6239"
STONE = "#8795A1"
SLATE = "#46545F"

#: Backdrops (upper, lower) for pictures of single things; picked so that a whole wall of them looks like
#: one winter day from morning to dusk.
BACKDROPS = {
    "morning": ("#FDF3E3", "#F7E3C6"),
    "snow": ("#F2F7FB", "#DCE9F2"),
    "river": ("#DCEBF4", "#B9D6E8"),
    "dusk": ("#E9E4F1", "#CFC8E2"),
    "pine": ("#E6F0EA", "#C8DFD2"),
    "rose": ("#FBEBE8", "#F3D2CD"),
}


#: Half of the rim of paper round every picture, and its colour: seen on black as on white, and never white on white.
RIM, RIM_COLOUR = 0.006, "#DCEAF4"
#: The right third of a piece of paper lies in shade: light comes from the upper left.
FOLD = (
    '<linearGradient id="fold" x1="0" y1="0" x2="1" y2="0.22"><stop offset="0.66" stop-color="#0E2A3E" stop-opacity="0"/>'
    '<stop offset="0.66" stop-color="#0E2A3E" stop-opacity="0.2"/></linearGradient>'
)


def shade(colour: str, amount: float) -> str:
    """Return `colour` (``#RRGGBB``) moved towards white (`amount` > 0) or black (< 0), by -1..1."""
    target = 255 if amount > 0 else 0
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(p + (target - p) * abs(amount)):02X}" for p in parts)


def paper(d: str, colour: str) -> str:
    """Return a piece of cut paper in the shape of the path `d`, its right third in shade."""
    return f'<path d="{d}" fill="{colour}"/><path d="{d}" fill="url(#fold)"/>'


def gradient(name: str, top: str, bottom: str, *, across: bool = False) -> str:
    """Return a <linearGradient> from `top` to `bottom` (left to right when `across`)."""
    x2, y2 = ("1", "0") if across else ("0", "1")
    return (
        f'<linearGradient id="{name}" x1="0" y1="0" x2="{x2}" y2="{y2}">'
        f'<stop offset="0" stop-color="{top}"/><stop offset="1" stop-color="{bottom}"/></linearGradient>'
    )


def picture(body: str, *, width: int, height: int, defs: str = "") -> str:
    """Return a whole SVG of `width` × `height` units. ``filter="url(#soft)"`` (blur 14) and ``url(#lift)``
    (a short paper shadow) are always there to use."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><defs>'
        '<filter id="soft" x="-40%" y="-150%" width="180%" height="400%"><feGaussianBlur stdDeviation="14"/></filter>'
        '<filter id="lift" x="-20%" y="-20%" width="150%" height="150%">'
        '<feDropShadow dx="6" dy="8" stdDeviation="6" flood-color="#14405C" flood-opacity="0.25"/></filter>'
        f"{FOLD}{defs}</defs>{body}</svg>"
    )


def still_life(thing: str, *, backdrop: str = "snow", ground: float = 640, reach: float = 300, defs: str = "") -> str:
    """Return a square 800 × 800 picture of one thing.

    `thing` is SVG drawn inside x 80..720, y 80..`ground`, standing on y = `ground`. A soft long shadow of
    half-width `reach` falls to the lower right; pass reach=0 for a thing that hangs on the wall.
    """
    top, bottom = BACKDROPS[backdrop]
    floor = shade(bottom, 0.35)
    shadow = (
        f'<ellipse cx="{400 + reach * 0.22}" cy="{ground + 8}" rx="{reach}" ry="{max(16.0, reach * 0.11)}" '
        'fill="#14405C" opacity="0.28" filter="url(#soft)"/>'
        if reach
        else ""
    )
    body = (
        '<rect width="800" height="800" fill="url(#wall)"/>'
        f'<circle cx="215" cy="190" r="330" fill="{shade(top, 0.6)}" opacity="0.55" filter="url(#soft)"/>'
        f'<path d="M0 {ground - 42} C 220 {ground - 78}, 520 {ground - 12}, 800 {ground - 52} V800 H0 Z" fill="{floor}"/>'
        f"{shadow}{thing}"
    )
    return picture(body, width=800, height=800, defs=gradient("wall", top, bottom) + defs)


def rimmed(image: Image.Image) -> Image.Image:
    """Return `image` cut out with a rim of pale paper, which also colours what is transparent: a picture that is scaled mixes
    transparent pixels into its edge."""
    wide = image.width * RIM
    rim = image.getchannel("A").filter(ImageFilter.GaussianBlur(wide)).point(lambda alpha: min(255, alpha * 5))
    whole = Image.new("RGBA", image.size, RIM_COLOUR)
    whole.alpha_composite(image)
    whole.putalpha(ImageChops.lighter(rim, image.getchannel("A")))
    return whole


def render(svg: str, path: Path, *, width: int) -> None:
    """Render `svg` at `width` pixels to `path`: .png lies on nothing, with a rim; .webp and .jpg are lossy (85)."""
    image = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True))))
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".png":
        rimmed(image.convert("RGBA")).save(path, optimize=True)
    else:
        image.convert("RGB").save(path, quality=85, method=6)
