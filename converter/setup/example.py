"""The shipped example: two spreadsheets of invented companies, in the clone or in the package."""

from collections.abc import Mapping
from pathlib import Path

from converter.disk import write_bytes

_CLONE = Path(__file__).parents[2]
_PACKAGE = Path(__file__).with_name("exemplo")


def files() -> Mapping[str, bytes]:
    """The bytes of each file by its name under `entrada/`."""
    clone = (_CLONE / "pyproject.toml").is_file()
    own = sorted((_CLONE / "entrada").glob("exemplo-*")) if clone else []
    return {path.name: path.read_bytes() for path in own or sorted(_PACKAGE.glob("exemplo-*"))}


def lay_down(entrada: Path) -> tuple[Path, ...]:
    """Write each file of the example that is not in `entrada` yet; those written.

    Raises:
        OSError: The folder cannot be written to.
    """
    wanted = {entrada / name: data for name, data in files().items()}
    return tuple(write_bytes(path, data) for path, data in wanted.items() if not path.exists())
