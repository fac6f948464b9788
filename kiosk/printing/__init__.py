"""Printers: detection, transport of a picture, and the thread that empties the print queue."""
