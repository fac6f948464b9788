"""Printers: where they are, how a picture gets there, and the thread that empties the print queue."""
