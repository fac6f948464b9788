"""The help centre's lobby kiosk: check in, free goods, asking for help; offline first."""

__version__ = "0.2.0"
