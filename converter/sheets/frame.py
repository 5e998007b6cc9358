"""What every sheet begins with, and how identifiers and moments are shown."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from converter.brazil import cnpj, cpf
from converter.model.lazy import LazySequence
from converter.model.outcome import LoteOutcome, Situacao
from converter.texts import folhas
from converter.texts.sentences import sentence
from converter.workbook.new_sheet import MAX_ROWS, Escolha, TopCell, TopLine, place

BRASILIA = ZoneInfo("America/Sao_Paulo")


@dataclass(frozen=True, slots=True)
class Nomes:
    """The names the new sheets got in this book, and where the source's cells are in it.

    `lotes` are in the order of the report's outcomes; several may share one sheet.
    `celula(planilha, "F7")` is a link to a cell of the source.
    """

    resumo: str
    resultado: str
    erros: str
    resposta: str
    lotes: Sequence[str]
    celula: Callable[[str, str], str | None]


def top(
    ambiente: str, title: str, *lines: str, columns: int, step: str = ""
) -> tuple[TopLine, ...]:
    """The title, the banner where there is no fiscal value, lines of explanation, what to do."""
    banner = folhas.BANNERS.get(ambiente)
    rows = [TopLine((TopCell(title, "manchete"),), 30)]
    if banner:
        rows.append(TopLine((TopCell(banner, "simulacao", colunas=columns),), 20))
    rows += [TopLine((TopCell(line, "suave"),), 18) for line in lines]
    if step:
        rows.append(TopLine((TopCell(step, "passo", colunas=columns),), 32))
    return tuple(rows)


@lru_cache(maxsize=50_000)
def document(number: str | None) -> str | None:
    """A CPF or CNPJ with its mask; anything else as it stands."""
    if number is None:
        return None
    if len(number) == 14:
        return cnpj.masked(number)
    return cpf.masked(number) if len(number) == 11 else number


def moment(when: datetime | None) -> str:
    """A moment in Brasília's time, in words."""
    if when is None:
        return sentence("folhas.sem-envio")
    local = when.astimezone(BRASILIA) if when.tzinfo else when
    return sentence("folhas.momento", quando=local)


@lru_cache(maxsize=50_000)
def told_moment(text: str | None) -> str | None:
    """A moment as the prefeitura tells it, by its own clock; anything else as it stands."""
    if not text:
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{when:%d/%m/%Y}" if len(text) <= len("2026-10-29") else f"{when:%d/%m/%Y %H:%M:%S}"


class RowLinks(LazySequence[str | None]):
    """Links to column A of rows of the source."""

    def __init__(self, nomes: Nomes, planilhas: Sequence[str], rows: Sequence[int]) -> None:
        self._nomes = nomes
        self._planilhas = planilhas
        self._rows = rows
        starts = {planilha: nomes.celula(planilha, "A1") for planilha in set(planilhas)}
        self._prefixes = {planilha: start[:-1] for planilha, start in starts.items() if start}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[str | None]:
        return map(self._link, self._planilhas, self._rows)

    def part(self, start: int, stop: int) -> Sequence[str | None]:
        """The links of some rows."""
        return list(map(self._link, self._planilhas[start:stop], self._rows[start:stop]))

    def _link(self, planilha: str, row: int) -> str | None:
        if 0 < row <= MAX_ROWS and planilha in self._prefixes:
            return f"{self._prefixes[planilha]}{row}"
        return self._nomes.celula(planilha, f"A{row}")


def answer_choice(area: str, source: str, title: str) -> Escolha:
    """The drop-down of an answer, whose options stand hidden at its right."""
    told = sentence("folhas.escolha-dica"), sentence("folhas.escolha-recusa")
    return Escolha(area, source, title, *told)


def situacao_styles(situacoes: Sequence[Situacao]) -> list[str | None]:
    """The coloured style of each situação."""
    names = {situacao: f"situacao-{situacao}" for situacao in Situacao}
    return [names[situacao] for situacao in situacoes]


def lote_links(nomes: Nomes, outcomes: Sequence[LoteOutcome]) -> dict[str, str]:
    """A link to the sheet of each lote, by ref."""
    pairs = zip(outcomes, nomes.lotes, strict=True)
    return {outcome.lote.ref: place(name, "A1") for outcome, name in pairs}


def web(uri: str | None) -> str | None:
    """A link that may be followed: what the prefeitura gives as one and is an address."""
    return uri if uri and uri.startswith(("https://", "http://")) else None
