"""Files: atomic writing, storage errors, imported tables, USB sticks, files installed with the program."""
