"""Nothing the machine does to a refresh may break the library."""
