"""What Barueri checks in a file: its shape here, each note in `nota`."""

from collections.abc import Iterator
from dataclasses import dataclass

from converter.layouts.barueri import nota
from converter.layouts.barueri.tables import ENVIO, ERROS, MAX_NOTAS, VERSAO
from converter.layouts.base import City, CityError, UsedNumbers
from converter.layouts.line_check import LineCheck
from converter.layouts.positional import amount, lines_of, used
from converter.layouts.predicates import is_digits


def used_numbers(content: bytes) -> UsedNumbers:
    """The remessa, the RPS numbers and the cancelled NF-e of a file."""
    lines = lines_of(content)
    header = ENVIO["1"].read(lines[0] if lines else "")
    rps = [ENVIO["2"].read(line) for line in lines if line.startswith("2")]
    return UsedNumbers(
        header["IdentificacaoRemessaContribuinte"],
        tuple(nota.rps_key(fields) for fields in rps if used(fields["NumeroRPS"])),
        tuple(nota.cancelled_number(fields) for fields in rps if nota.is_cancelling(fields)),
    )


def check(content: bytes, city: City) -> tuple[CityError, ...]:
    """Every error, in the order of the lines."""
    lines = lines_of(content)
    if not any(line[8:11] == "PMB" or line[:1] == "2" for line in lines):
        return (ERROS["000"].at(linha=1),)
    audit = _Check(lines, city, ERROS)
    audit.run()
    return audit.found()


@dataclass(slots=True)
class _Check(LineCheck[nota.NotaLines]):
    def run(self) -> None:
        if self.lines[0][:1] != "1":
            self.fault("100", 1, 1 if self.lines[0][:1] == "2" else None)
        for linha, line in enumerate(self.lines, 1):
            self._place(linha, line)
        self._close()
        self._whole()
        seen: set[str] = set()
        cancelled: set[str] = set()
        for ordem, note in enumerate(self.notes, 1):
            for codigo, linha in nota.faults(note, self.city, seen, cancelled):
                self.fault(codigo, linha, ordem, cpf=nota.is_person(note.rps))

    def _place(self, linha: int, line: str) -> None:
        """Gives a line to its note, or says why it belongs to none."""
        tipo = line[:1]
        if tipo == "2":
            self._close()
            self.notes.append(nota.NotaLines(linha))
        note = self.notes[-1] if self.notes else None
        ordem = len(self.notes) if note and tipo not in {"1", "9"} else None
        record = ENVIO.get(tipo)
        if record is None:
            self.fault("500", linha, ordem)
            return
        fits = record.fits(line)
        if not fits:
            self.fault("900", linha, ordem)
        if misplaced := self._misplaced(tipo, linha, note):
            self.fault(misplaced, linha, ordem)
        elif note is not None and ordem is not None:
            note.keep(tipo, linha, record.read(line) if fits else {})

    def _misplaced(self, tipo: str, linha: int, note: nota.NotaLines | None) -> str | None:
        if tipo == "9":
            return None if linha == len(self.lines) else "600"
        if tipo == "1" or note is None:
            return None if tipo == "1" and linha == 1 else "603"
        return _out_of_turn(tipo, note)

    def _close(self) -> None:
        if not self.notes:
            return
        note, ordem = self.notes[-1], len(self.notes)
        if note.complement is None:
            self.fault("601", note.linha, ordem)
        elif note.complement[1].get("IndicadorDestinatarioServico") == "1" and not note.recipient:
            self.fault("604", note.complement[0], ordem)

    def _whole(self) -> None:
        last = len(self.lines)
        types = {line[:1] for line in self.lines}
        if not {"1", "2", "4", "9"} <= types:
            self.fault("901", last)
        if self.lines[-1][:1] != "9":
            self.fault("600", last)
        elif ENVIO["9"].fits(self.lines[-1]):
            for codigo in self._trailer(ENVIO["9"].read(self.lines[-1])):
                self.fault(codigo, last)
        if len(self.notes) > MAX_NOTAS:
            self.fault("700", 1)
        if self.lines[0][:1] == "1" and ENVIO["1"].fits(self.lines[0]):
            for codigo in self._header(ENVIO["1"].read(self.lines[0])):
                self.fault(codigo, 1)

    def _header(self, header: dict[str, str]) -> Iterator[str]:
        inscricao = header["InscricaoContribuinte"]
        known = self.city.inscricoes
        if not inscricao or (known is not None and inscricao not in known):
            yield "101"
        remessa = header["IdentificacaoRemessaContribuinte"]
        if not is_digits(remessa) or not used(remessa) or remessa in self.city.remessas:
            yield "102"
        if header["VersaoLayout"] != VERSAO:
            yield "103"

    def _trailer(self, trailer: dict[str, str]) -> Iterator[str]:
        if amount(trailer["NumeroTotalLinhas"]) != len(self.lines):
            yield "401"
        if amount(trailer["ValorTotalServicos"]) != sum(note.services for note in self.notes):
            yield "402"
        if amount(trailer["ValorTotalValores"]) != sum(note.others for note in self.notes):
            yield "403"


def _out_of_turn(tipo: str, note: nota.NotaLines) -> str | None:
    """Records 3 come before the only 4, and the only 5 after it."""
    if tipo == "4":
        return "602" if note.complement else None
    if tipo == "5" and note.recipient:
        return "605"
    return "603" if tipo in {"3", "5"} and bool(note.complement) is (tipo == "3") else None
