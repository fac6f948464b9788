"""Goods: shelves, photo grid with search, item page."""
