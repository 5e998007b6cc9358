"""What the fields of the API are called, as the catalogue says."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from converter import facts

_FIELDS = Path(__file__).parent.parent / "schemas" / "fields.toml"

LABELS: Mapping[str, str] = MappingProxyType(
    {path: entry["rotulo"] for path, entry in facts.load(_FIELDS)["campos"].items()}
)
"""The label of each field by its path, in the order of templates and pages."""


def label_of(path: str) -> str:
    """What the catalogue calls a field; one outside it is called by its path."""
    return LABELS.get(path, path)
