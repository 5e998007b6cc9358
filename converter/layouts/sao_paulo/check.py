"""What São Paulo checks in a file: its shape here, each note in `nota`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from converter.layouts import predicates
from converter.layouts.base import City, CityError, UsedNumbers
from converter.layouts.line_check import LineCheck
from converter.layouts.positional import amount, lines_of, used
from converter.layouts.sao_paulo import nota
from converter.layouts.sao_paulo.tables import DETAIL, ENVIO, ERROS


def used_numbers(content: bytes) -> UsedNumbers:
    """The RPS of a file; São Paulo numbers no remessas."""
    rps = (
        nota.rps_key(ENVIO[line[0]].read(line))
        for line in lines_of(content)
        if line[:1] in {*"236"}
    )
    return UsedNumbers("", tuple(rps))


def check(content: bytes, city: City) -> tuple[CityError, ...]:
    """Every error and alert, in the order of the lines."""
    lines = lines_of(content) or [""]
    audit = _Check(lines, city, ERROS)
    audit.run()
    return audit.found()


@dataclass(slots=True)
class _Check(LineCheck[nota.NotaLines]):
    versao: str = ""

    def run(self) -> None:
        header = ENVIO["1"].read(self.lines[0])
        self.versao = header["Versao"]
        for codigo in self._header(header):
            self.fault(codigo, 1)
        end = self._body()
        if not self.notes:
            self.fault("202", end)
        if end > len(self.lines):
            self.fault("905", len(self.lines))
        else:
            self._trailer(end)
        period = (predicates.day(header["DataInicio"]), predicates.day(header["DataFim"]))
        seen: set[str] = set()
        for ordem, note in enumerate(self.notes, 1):
            for codigo, linha in nota.faults(note, self.city, period, seen):
                self.fault(codigo, linha, ordem, cpf=note.fields["IndicadorTomador"] == "1")

    def _header(self, header: dict[str, str]) -> Iterator[str]:
        if header["TipoRegistro"] != "1":
            yield "101"
            return
        if len(self.lines[0]) != ENVIO["1"].width:
            yield "112"
        if self.versao not in DETAIL:
            yield "102"
        inscricao, known = header["InscricaoMunicipal"], self.city.inscricoes
        if not predicates.is_digits(inscricao) or not used(inscricao):
            yield "111"
        elif known is not None and inscricao not in {one.zfill(8) for one in known}:
            yield "109"
        yield from self._period(
            predicates.day(header["DataInicio"]), predicates.day(header["DataFim"])
        )

    def _period(self, start: date | None, end: date | None) -> Iterator[str]:
        today = self.city.clock.date()
        for day, (wrong, early, late) in (
            (start, ("103", "104", "113")),
            (end, ("105", "106", "107")),
        ):
            if day is None:
                yield wrong
            elif day < nota.FIRST_DAY:
                yield early
            elif day > today:
                yield late
        if start and end and end < start:
            yield "108"

    def _body(self) -> int:
        """Gathers the notes; gives the line of the trailer, or one past the last line."""
        for linha, line in enumerate(self.lines[1:], 2):
            tipo = line[:1]
            if tipo == "9":
                return linha
            if tipo in {"2", "3", "6"}:
                self.notes.append(nota.NotaLines(linha, line, ENVIO[tipo].read(line)))
                if tipo != "3" and tipo != DETAIL.get(self.versao, tipo):
                    self.fault("1235", linha, len(self.notes))
            elif tipo == "5" and self.notes and self.notes[-1].intermediary is None:
                self.notes[-1].intermediary = (linha, ENVIO["5"].read(line))
                if len(line) != ENVIO["5"].width:
                    self.fault("520", linha, len(self.notes))
            else:
                self.fault("201", linha, len(self.notes) or None)
        return len(self.lines) + 1

    def _trailer(self, end: int) -> None:
        line = self.lines[end - 1]
        if len(line) != ENVIO["9"].width:
            self.fault("911", end)
        if end < len(self.lines):
            below = any(one[:1] == "9" for one in self.lines[end:])
            self.fault("901" if below else "906", end + 1)
        trailer = ENVIO["9"].read(line)
        for nome, expected, wrong, differs in (
            ("NumeroLinhas", len(self.notes), "908", "902"),
            ("ValorTotalServicos", self._total("ValorServicos"), "909", "903"),
            ("ValorTotalDeducoes", self._total("ValorDeducoes"), "910", "904"),
        ):
            declared = amount(trailer[nome])
            if declared is None:
                self.fault(wrong, end)
            elif declared != expected:
                self.fault(differs, end)

    def _total(self, nome: str) -> int:
        return sum(note.cents(nome) for note in self.notes)
