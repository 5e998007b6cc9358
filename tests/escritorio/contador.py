"""From stranger to authorised: an accountant answers in the workbook until every note is out.

    python -m tests.escritorio.contador PLANILHAS ESPERADO

ESPERADO has one JSON per spreadsheet: what an accountant reads in each column, and the rows that
must wait. Only what the workbook shows is used to answer: `Colunas`, `Perguntas` and red cells.
"""

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from converter.brazil import money
from converter.brazil.headers import fold
from converter.model.columns import question_key
from converter.model.outcome import Situacao
from converter.model.report import FileReport
from converter.schemas.catalogue import BY_PATH, MULTILINE
from converter.texts import folhas
from converter.workbook.asked import read_rows
from converter.workbook.origin import HEADER
from converter.workbook.origin import read as origin_of
from tests.runs import run_in

MAX_ROUNDS = 4
RED, YELLOW = "F8B4B4", "FDE68A"
EMITENTE = """
[[prestadores]]
cnpj = "11.222.333/0001-81"
nome = "Ponte Clara"
inscricao_municipal = "12345"
codigo_municipio = "3509502"

[prestadores.padroes]
optante_simples_nacional = false
"""
"""The only thing set beforehand: who issues the notes."""
FILLED: Mapping[str, Any] = {
    "data_emissao": "20/11/2026",
    "servico.item_lista_servico": "17.01",
    "servico.discriminacao": "Serviços de novembro de 2026",
    "servico.iss_retido": "Não",
    "servico.aliquota": "2",
    "servico.codigo_tributario_municipio": "170100100",
    "servico.codigo_municipio": "3509502",
    "natureza_operacao": "1",
    "tomador.endereco.logradouro": "Rua das Acácias",
    "tomador.endereco.numero": "100",
    "tomador.endereco.bairro": "Centro",
    "tomador.endereco.cep": "13010-000",
    "tomador.endereco.codigo_municipio": "3509502",
    "tomador.endereco.nome_municipio": "Campinas",
    "tomador.endereco.uf": "SP",
    "tomador.cpf_cnpj": "529.982.247-25",
    "tomador.razao_social": "Maria Souza",
}
"""What the accountant knows and the sheet does not say, typed into the red cells."""
_BY_LABEL = {BY_PATH[path].label: value for path, value in FILLED.items()}
_LABELS = {field.label for field in BY_PATH.values()}
_JOINT = (".cnpj", ".cpf")
_BY_SEVERAL = {BY_PATH[path].label for path in MULTILINE}
VALOR = "servico.valor_servicos"
_IN_EVERY_NOTE = {BY_PATH["data_emissao"].label}


@dataclass(slots=True)
class Played:
    """One spreadsheet: rounds of conversion, answers given, cells filled, and what came out."""

    file: str
    rounds: int = 0
    answers: int = 0
    cells: int = 0
    authorised: int = 0
    wanted: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def done(self) -> bool:
        """Every note out, each equal to the sheet."""
        return self.authorised == self.wanted and not self.wrong


def play(source: Path, expected: Mapping[str, Any]) -> Played:
    """Convert, answer, convert again, until nothing waits or nobody gets further."""
    played = Played(source.name, wanted=sum(s["notes"] for s in expected["sheets"].values() if s))
    with tempfile.TemporaryDirectory() as folder:
        pasta = Path(folder)
        (pasta / "entrada").mkdir()
        (pasta / "planilote.toml").write_text(EMITENTE, encoding="utf-8")
        shutil.copy(source, pasta / "entrada" / source.name)
        for played.rounds in range(1, MAX_ROUNDS + 1):
            run = run_in(pasta, enviar=True)
            reports = [done.report for done in run.files if done.report]
            played.authorised = sum(map(_authorised, reports))
            fixes = [done.corrigir for done in run.files if done.corrigir]
            if played.authorised >= played.wanted or not fixes:
                break
            for fix in fixes:
                _answer(fix, expected, played)
                shutil.copy(fix, pasta / "entrada" / fix.name)
        played.wrong += _differences(reports, source, expected)
    return played


def _authorised(report: FileReport) -> int:
    return sum(each is Situacao.AUTORIZADA for each in report.rows.situacao)


def _answer(fix: Path, expected: Mapping[str, Any], played: Played) -> None:
    book = openpyxl.load_workbook(fix)
    titled = {
        sheet.title: {
            cell.value: cell.column for row in sheet.iter_rows(max_row=12) for cell in row
        }
        for sheet in book.worksheets
    }
    uses: dict[str, str] = {}
    waiting = _waiting(book)
    for sheet in book.worksheets:
        titles = titled[sheet.title]
        if folhas.USAR_COMO in titles:
            played.answers += _columns(sheet, titles, expected)
            uses |= {
                _plain(row[2].value): row[titles[folhas.USAR_COMO] - 1].value
                for row in sheet.iter_rows(min_row=5)
            }
    for sheet in book.worksheets:
        titles = titled[sheet.title]
        if folhas.RESPOSTA in titles:
            played.answers += _rows(sheet, titles, waiting, expected)
        elif not expected["sheets"].get(sheet.title, True):
            # A tab without notes goes: the workbook says so.
            book.remove(sheet)
        elif folhas.USAR_COMO not in titles:
            _take_out(sheet, uses, expected)
            played.cells += _painted_cells(sheet, uses)
    book.save(fix)


def _take_out(sheet: Any, uses: Mapping[str, str], expected: Mapping[str, Any]) -> None:
    """Delete the rows that are no notes for now: those to wait, and those of R$ 0,00."""
    cells = [cell for row in sheet.iter_rows() for cell in row]
    origin = next(cell for cell in cells if cell.value == HEADER)
    amounts = {
        cell.column
        for cell in sheet[origin.row]
        if (uses.get(_plain(cell.value)) or cell.value) == BY_PATH[VALOR].label
    }
    rows = range(sheet.max_row, origin.row, -1)
    fullest = max((_filled(sheet[row]) for row in rows), default=0)
    for row in rows:
        said = sheet.cell(row, origin.column).value
        if not said:
            continue
        _, _, planilha, number, *_ = json.loads(said)
        hold = (expected["sheets"].get(planilha) or {}).get("hold", [])
        nothing = any(sheet.cell(row, at).value in (0, "0") for at in amounts)
        # A total or a sentence under the table is seen to be no note: its row is nearly empty.
        if number in hold or nothing or 3 * _filled(sheet[row]) < fullest:
            sheet.delete_rows(row)


def _columns(sheet: Any, titles: Mapping[Any, int], expected: Mapping[str, Any]) -> int:
    """Answer the red lines of `Colunas`, and put right what was misunderstood."""
    count = 0
    taken: set[tuple[str, str]] = set()
    lines = (row for row in sheet.iter_rows(min_row=5) if row[0].value is not None)
    said = [(row, _may_be(row, titles, expected)) for row in lines]
    for row, labels in sorted(said, key=lambda line: len(line[1])):
        use = row[titles[folhas.USAR_COMO] - 1]
        if use.value in labels and use.value in _BY_SEVERAL:
            continue
        free = [label for label in labels if (row[0].value, label) not in taken]
        if labels and use.value not in free:
            use.value = next(iter(free), folhas.NAO_E_DA_NOTA)
            count += 1
        if use.value and use.value != folhas.NAO_E_DA_NOTA:
            taken.add((row[0].value, use.value))
    return count


def _may_be(row: Any, titles: Mapping[Any, int], expected: Mapping[str, Any]) -> list[str]:
    """What a column may be, the likeliest first; nothing where the line is right as it is."""
    known = (expected["sheets"].get(row[0].value) or {}).get("columns", {})
    header = _plain(row[titles["Cabeçalho"] - 1].value)
    meant = {_plain(name): path for name, path in known.items()}.get(header)
    use, first = row[titles[folhas.USAR_COMO] - 1].value, row[titles[folhas.USAR_COMO] + 2].value
    wanted = [meant] if isinstance(meant, str) else list(meant or ["-"])
    if use and (meant is None or "?" in wanted):
        return []
    labels = [label for path in wanted for label in _labels(path)]
    # Nothing else says the day: the accountant takes what is offered.
    return [first, *labels] if wanted[0] == "?" and first in _IN_EVERY_NOTE else labels


def _filled(row: Sequence[Any]) -> int:
    return sum(cell.value not in (None, "") for cell in row)


def _waiting(book: Any) -> Mapping[tuple[str, str], set[int]]:
    """The rows of the source that wait for each question, by sheet and key."""
    found: dict[tuple[str, str], set[int]] = {}
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            origin = origin_of(cell.value)
            for key in origin.perguntas if origin else ():
                found.setdefault((origin.planilha, key), set()).add(origin.row)
    return found


def _rows(
    sheet: Any,
    titles: Mapping[Any, int],
    waiting: Mapping[tuple[str, str], set[int]],
    expected: Mapping[str, Any],
) -> int:
    """Answer `Perguntas`: rows that must wait do not go, the others do."""
    count = 0
    for row in sheet.iter_rows(min_row=5):
        answer = row[titles[folhas.RESPOSTA] - 1]
        options = [cell.value for cell in row[titles[folhas.RESPOSTA] + 1 :] if cell.value]
        if answer.value or not options:
            continue
        asked = read_rows(row[titles[folhas.RESPOSTA]].value)
        if asked is None:
            continue
        hold = (expected["sheets"].get(row[0].value) or {}).get("hold", [])
        key = question_key(asked.codigo, asked.coluna, asked.valor)
        no = next((one for one in options if one.startswith("não")), options[0])
        yes = next((one for one in options if one != no), options[0])
        answer.value = no if waiting.get((asked.planilha, key), set()) <= {*hold} else yes
        count += 1
    return count


def _painted_cells(sheet: Any, uses: Mapping[str, str]) -> int:
    """Mend the red cells, and fill the yellow ones that are empty, by what their column is."""
    count = 0
    for row in sheet.iter_rows():
        for cell in row:
            colour = str(cell.fill.fgColor.rgb)[-6:]
            if colour not in (RED, YELLOW) or cell.fill.fill_type != "solid":
                continue
            above = (sheet.cell(n, cell.column).value for n in range(cell.row - 1, 0, -1))
            known = ((uses.get(_plain(text)) or text) for text in above if text is not None)
            label = next((one for one in known if one in _LABELS), None)
            empty = cell.value in (None, "")
            elsewhere = colour != RED and label in uses.values()
            if label is not None and (colour == RED or empty) and not elsewhere:
                mended = _mended(label, cell.value)
                count += mended != cell.value
                cell.value = mended
    return count


def _mended(label: str, value: object) -> object:
    """What the accountant types: the year in full, what is known, or nothing."""
    short = re.fullmatch(r"(\d\d/\d\d/)(\d\d)", str(value).strip())
    if short:
        return f"{short[1]}20{short[2]}"
    return _BY_LABEL.get(label)


def _differences(
    reports: Sequence[FileReport], source: Path, expected: Mapping[str, Any]
) -> Iterator[str]:
    """The notes at the prefeitura that are no row of the sheet: another amount or customer."""
    rows = list(_rows_of_notes(source, expected))
    for amount, name in _sent(reports) if rows else ():
        row = next((one for one in rows if _is_row(amount, name, *one)), None)
        if row is None:
            yield f"{name}, {amount}: nenhuma linha da planilha"
        else:
            rows.remove(row)


def _is_row(amount: Decimal, name: str, amounts: Sequence[Decimal | None], customer: str) -> bool:
    """Whether a note may be a row: what cannot be read simply may be anything."""
    known = not name or not customer or fold(name) == fold(customer)
    return known and (amount in amounts or None in amounts)


def _sent(reports: Sequence[FileReport]) -> Iterator[tuple[Decimal, str]]:
    for report in reports:
        for outcome in report.outcomes:
            out = {each.ordem for each in outcome.answers if each.situacao is Situacao.AUTORIZADA}
            yield from (
                (nota.valor, nota.tomador) for nota in outcome.lote.notas if nota.ordem in out
            )


def _rows_of_notes(
    source: Path, expected: Mapping[str, Any]
) -> Iterator[tuple[Sequence[Decimal | None], str]]:
    """What each row may be the amount of, and its customer; of what can be read simply."""
    if source.suffix != ".xlsx":
        return
    book = openpyxl.load_workbook(source, data_only=True)
    for name, rules in expected["sheets"].items():
        if not rules or name not in book.sheetnames:
            continue
        sheet = book[name]
        amounts = _columns_of(sheet, rules, VALOR)
        customers = _columns_of(sheet, rules, "tomador.razao_social")
        # Tables side by side have each its own: a row is as many notes as its headers stand there.
        for at in range(max(map(len, amounts), default=0)):
            own = [each[at] for each in amounts if at < len(each)]
            who = customers[0][at] if customers and at < len(customers[0]) else 0
            for row in sheet.iter_rows(min_row=rules["header_row"] + 1):
                if row[0].row not in rules["hold"]:
                    values = [row[column - 1].value for column in own]
                    customer = str(row[who - 1].value or "") if who else ""
                    yield [money.parse(value).value for value in values if value], customer


def _columns_of(sheet: Any, rules: Mapping[str, Any], wanted: str) -> list[list[int]]:
    """The columns that may be a field: of each header, every place where it stands."""
    header = [_plain(cell.value) for cell in sheet[rules["header_row"]]]
    titles = [
        _plain(title)
        for title, path in rules["columns"].items()
        if wanted in ([path] if isinstance(path, str) else path)
    ]
    found = [[at for at, text in enumerate(header, 1) if text == title] for title in titles]
    return list(filter(None, found))


def _labels(path: str) -> list[str]:
    """What *Usar como* may say of a column that is this field: a CPF may stand in a joint one."""
    if path in ("-", "?"):
        return [folhas.NAO_E_DA_NOTA]
    joint = [path.removesuffix(end) + ".cpf_cnpj" for end in _JOINT if path.endswith(end)]
    return [BY_PATH[one].label if one in BY_PATH else one for one in (path, *joint)]


def _plain(text: object) -> str:
    return " ".join(str(text).split())


def main(planilhas: Path, esperado: Path) -> int:
    """Play every spreadsheet; how many were out in at most two rounds."""
    quick = 0
    specs = sorted(esperado.glob("*.json"))
    for spec in specs:
        expected = json.loads(spec.read_text(encoding="utf-8"))
        played = play(planilhas / expected["file"], expected)
        quick += played.done and played.rounds <= 2
        print(
            f"{played.file}: {played.rounds} rounds, {played.answers} answers, "
            f"{played.cells} cells, {played.authorised} of {played.wanted} authorised",
            *played.wrong,
        )
    print(f"{quick} of {len(specs)} in at most two rounds")
    return quick


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
