"""The lobby kiosk of a help centre: check-in, free goods, requests for help; works offline."""

__version__ = "0.2.0"
