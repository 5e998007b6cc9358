"""How large a file may be before reading it is a danger rather than a service."""

from dataclasses import dataclass

EXCEL_ROWS = 1_048_576
EXCEL_COLUMNS = 16_384


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps checked before any parser sees the file.

    Attributes:
        file_bytes: Size of the file itself.
        inflated_bytes: Sum of the parts of a zip once inflated.
        entries: Parts in a zip.
        ratio: Inflated over packed size; only asked of zips that inflate above `ratio_floor`.
        cells: Cells in the rectangles that hold each sheet's content, over the whole book.
        sparse_cells: The same for a sheet of which less than one cell in eight is filled.
        repeated_cells: Cells that a file only counts, as copies of one or of a row it holds.
        fields: Cells and lines of a delimited file.
    """

    file_bytes: int = 512 * 2**20
    inflated_bytes: int = 1536 * 2**20
    entries: int = 10_000
    ratio: int = 250
    ratio_floor: int = 32 * 2**20
    cells: int = 32_000_000
    sparse_cells: int = 8_000_000
    repeated_cells: int = 500_000
    fields: int = 50_000_000
