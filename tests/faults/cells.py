"""Which cells the matrix has, and which points a cell's path is known to visit."""

import itertools
import random
from dataclasses import dataclass

from tests.faults.ledger import Fault, Temperament

PREPARING = ("preparado-antes", "preparado-meio", "preparado-depois")
SENDING = (
    "enviando-antes",
    "enviando-meio",
    "enviando-depois",
    "corpo-no-meio",
    "resposta-comecou",
    "resposta-lida",
    "guardar-antes",
    "guardar-meio",
    "guardar-depois",
)
SECOND = tuple(f"{point}:2" for point in SENDING)
SETTLING = ("estado-antes", "estado-meio", "estado-depois")
LOOKING = ("consulta-antes", "consulta-depois")
WRITING = ("arquivo-antes", "arquivo-meio", "arquivo-depois", "arquivo-meio:2")

# A doubt may have reached the ledger or not; what is certain has one way only.
DOUBTS = (
    "reset", "fecha", "silencio", "lixo", "cortado", "pedacos-cortados", "500", "502", "503",
    "202", "vazio",
)  # fmt: skip
WHOLE = ("", "pedacos")
UNMARKED = ("sem-tamanho", "sem-tamanho-cortado")
REFUSALS = ("400", "404", "415", "422")
STOPS = ("302", "307", "401", "403")
# What may go wrong with the question that settles a doubt.
LOOKS = ("", "500", "fecha", "cortado", "sem-tamanho", "sem-tamanho-cortado", "302", "401")


@dataclass(frozen=True)
class Cell:
    """Killed at `point`, the POST answered as `kind`, the next GET as `look`.

    `late` is how many GETs answer 404 although the lote is there.
    """

    point: str
    kind: str
    stored: bool
    temperament: Temperament
    late: int = 0
    look: str = ""

    def __str__(self) -> str:
        stored = "guardou" if self.stored else "perdeu"
        extra = f"-tarde{self.late}" if self.late else ""
        extra += f"-consulta-{self.look}" if self.look else ""
        return f"{self.point}-{self.kind or 'certo'}-{stored}-{self.temperament}{extra}"

    @property
    def script(self) -> list[Fault]:
        found = [Fault(self.kind, self.stored)] if self.kind else []
        return [*found, Fault(self.look, method="GET")] if self.look else found


def visited(kind: str) -> tuple[str, ...]:
    """The points a run meets when its first POST is answered so and the second one well."""
    if kind in STOPS:
        return (*PREPARING, *SENDING, *SETTLING)
    if kind in WHOLE:
        return (*PREPARING, *SENDING, *SECOND, *WRITING)
    if kind in REFUSALS:
        return (*PREPARING, *SENDING, *SECOND, *SETTLING, *WRITING[:3])
    return (*PREPARING, *SENDING, *SECOND, *SETTLING, *LOOKING, *WRITING)


def _cells() -> list[Cell]:
    answers = [
        *itertools.product(DOUBTS, (True, False)),
        *((kind, True) for kind in (*WHOLE, *UNMARKED)),
        *((kind, False) for kind in (*REFUSALS, *STOPS)),
    ]
    plain = [
        Cell(point, kind, stored, temperament, late)
        for (kind, stored), temperament, late in itertools.product(answers, Temperament, (0, 2, 7))
        for point in visited(kind)
    ]
    asked = [
        Cell(point, kind, stored, temperament, 0, look)
        for (kind, stored), temperament, look in itertools.product(
            itertools.product(("reset", "silencio", "500"), (True, False)), Temperament, LOOKS[1:]
        )
        for point in ("guardar-depois", "estado-meio", "consulta-antes", "consulta-depois")
    ]
    return plain + asked


CELLS = _cells()


def quick(count: int) -> list[Cell]:
    """A fixed sample that has every point, every answer and every look at least once."""
    rng = random.Random(2026)  # noqa: S311 - a sample, not a secret
    shuffled = rng.sample(CELLS, len(CELLS))
    chosen: dict[Cell, None] = {}
    for aspect in ("point", "kind", "look", "late", "temperament"):
        seen: set[object] = set()
        for cell in shuffled:
            value = (getattr(cell, aspect), cell.stored)
            if value not in seen:
                seen.add(value)
                chosen[cell] = None
    chosen |= dict.fromkeys(shuffled)
    return list(chosen)[:count]
