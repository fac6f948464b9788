"""The first start, step by step, until visitors can use the kiosk."""
