"""From the bytes of a file to grids of raw values with their addresses."""
