"""Frozen values that cross stages. Nothing here reads, writes, prints or decides."""
