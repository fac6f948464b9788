"""Beside the screen: the worker pool, photos and pixels."""
