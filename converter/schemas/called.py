"""Fields by what people call them: a label of the catalogue or a path, however it is spelled."""

import difflib
from collections.abc import Mapping

from converter.brazil.headers import fold
from converter.schemas.catalogue import FIELDS, label_of

_PATHS: Mapping[str, str] = {fold(field.label): field.path for field in FIELDS} | {
    fold(field.path): field.path for field in FIELDS
}


def field_called(text: str) -> str | None:
    """The path of the field that is called so; None where none is."""
    return _PATHS.get(fold(text))


def nearest_label(text: str) -> str | None:
    """The label of the field that was meant, most likely; None where none is near."""
    near = difflib.get_close_matches(fold(text), _PATHS, n=1, cutoff=0.6)
    return label_of(_PATHS[near[0]]) if near else None
