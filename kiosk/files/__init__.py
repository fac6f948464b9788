"""Files at the edge of the program: written whole or not at all, tables people bring, USB sticks."""
