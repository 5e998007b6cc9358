"""What Barueri checks in a file."""

from converter.simulator.layouts.barueri.tables import ENVIO
from converter.simulator.layouts.base import City, CityError, Claims
from converter.simulator.layouts.positional import lines_of


def claims(content: bytes) -> Claims:
    """The remessa and the RPS numbers of a file."""
    lines = lines_of(content)
    header = ENVIO["1"].read(lines[0] if lines else "")
    rps = (ENVIO["2"].read(line) for line in lines if line.startswith("2"))
    return Claims(
        header["IdentificacaoRemessaContribuinte"],
        tuple(f"{note['SerieRPS']}-{note['NumeroRPS']}" for note in rps),
    )


def check(content: bytes, city: City) -> tuple[CityError, ...]:
    """Every error, in the order of the lines."""
    return ()
