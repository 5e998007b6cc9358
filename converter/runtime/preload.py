"""What every file needs, imported before workers are forked or beside the reading of the first."""
