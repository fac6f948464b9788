"""A tablet without hardware: a Debian disk image with the bundle installed on it, started in qemu and used from outside, by
its screen, its pointer, its keyboard and its plug. See deploy/try-boot."""
