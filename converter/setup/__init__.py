"""The first ten minutes: a working folder, its registers, its launchers, the example."""
