"""Paths of the files installed with the program: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_SHARE = _PACKAGE / "_share"
#: Fonts of Debian packages, by name; later releases of the same font have another file name.
_OF_DEBIAN = {
    "Symbola": ("ancient-scripts/Symbola_hint.ttf",),
    "Droid": ("droid/DroidSansFallbackFull.ttf", "droid/DroidSansFallback.ttf"),
}
_FONTS = Path("/usr/share/fonts/truetype")
_ROOT = _SHARE if _SHARE.is_dir() else _PACKAGE.parent


def asset(name: str) -> Path:
    """Return the path of a file or folder under assets, such as "art/home_goods.png". It need not exist."""
    return _ROOT / "assets" / name


def locales() -> Path:
    """Return the folder of the translation catalogues."""
    return _ROOT / "locales"


def font(weight: str) -> Path:
    """Return the file of the text font (Manrope, SIL Open Font License) in `weight`: "Medium", "Bold", …"""
    return _beside("font_manrope") / "files" / f"Manrope-{weight}.ttf"


@cache
def fallback_fonts() -> dict[str, Path]:
    """Return the files of the fonts for letters that the text font lacks, by name, in the order in which they are asked:
    DejaVu Sans (Bitstream Vera's free licence, a part of Kivy) and, where Debian's packages are installed, Symbola
    (fonts-symbola: emoji) and Droid Sans Fallback (fonts-droid-fallback: Chinese and Japanese)."""
    found = {"DejaVu": _beside("kivy") / "data" / "fonts" / "DejaVuSans.ttf"}
    for name, files in _OF_DEBIAN.items():
        if path := next((path for path in (_FONTS / file for file in files) if path.is_file()), None):
            found[name] = path
    return found


def icon_font() -> Path:
    """Return the file of the icon font (Material Design Icons, Apache License 2.0)."""
    return _beside("fonticon_mdi7") / "fonts" / "materialdesignicons-webfont.ttf"


def has_locale(name: str) -> bool:
    """Return whether Babel has the data of a CLDR locale, without importing Babel."""
    return (_beside("babel") / "locale-data" / f"{Path(name).name}.dat").is_file()


def _beside(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the package {package} is not installed")
    return Path(spec.origin).parent
