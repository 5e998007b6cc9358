"""What a run works in and with: the folder, the environment, workers, the spill buffer."""
