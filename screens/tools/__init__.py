"""Worker threads, photos and pixel data for the screens."""
