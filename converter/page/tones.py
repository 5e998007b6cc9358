"""The tone in which the page tells how something stands: `tones.toml`."""

from collections.abc import Mapping
from pathlib import Path

from converter import facts

TONES: Mapping[str, Mapping[str, str]] = facts.load(Path(__file__).with_name("tones.toml"))
"""By what it is of, and how that stands."""
