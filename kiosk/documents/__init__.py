"""Printed documents: slips, labels, badges, sheets; their content and layout."""
