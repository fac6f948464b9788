"""The demo: a centre in the middle of its life, made up whenever it is opened."""

from .centre import Day, reachable, settings_for
from .content import PASSPHRASE, PIN, fill

__all__ = ["PASSPHRASE", "PIN", "Day", "fill", "reachable", "settings_for"]
