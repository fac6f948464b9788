"""Goods: the shelves, the photo grid with search, and the page of one item."""
