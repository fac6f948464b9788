"""Goods: in, on the shelf, found, reserved, handed over."""
