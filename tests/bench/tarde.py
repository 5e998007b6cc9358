"""The afternoon script: what a good developer writes in one, with what everybody uses.

    python -m tests.bench.tarde planilha.xlsx pasta

Reads with pandas, validates all columns with one lazy pandera schema whose checks are regular
expressions and python-stdnum, groups with `groupby`, prepares the requests, and adds its sheets
with openpyxl. It knows far fewer rules than planilote and keeps amounts as floats; it is here for
its speed.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa
import requests
from openpyxl import Workbook, load_workbook
from stdnum.br import cnpj, cpf

from tests.bench.dados import HEADERS

NOTES_PER_LOTE = 1_000
URL = "https://homologacao.focusnfe.com.br/v2/lotes_rps"
DIGITS = re.compile(r"\D")
BRAZILIAN = re.compile(r"-?\d{1,3}(\.\d{3})*(,\d+)?|-?\d+(,\d+)?")
YES = {"sim": True, "s": True, "não": False, "nao": False, "n": False}


def read(path: Path) -> pd.DataFrame:
    """Give the sheet as pandas reads it."""
    if path.suffix == ".csv":
        return pd.read_csv(path, sep=";", encoding="cp1252", dtype=str, keep_default_na=False)
    return pd.read_excel(path, engine="openpyxl", dtype=object, keep_default_na=False)


def number(value: Any) -> float:
    """Give an amount, from a number or from Brazilian text; not a number where it is none."""
    if isinstance(value, int | float):
        return float(value)
    if not BRAZILIAN.fullmatch(value.strip()):
        return float("nan")
    return float(value.replace(".", "").replace(",", "."))


def digits(value: Any) -> str:
    """Give the digits of a document or a CEP."""
    return DIGITS.sub("", str(value))


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the columns as the payload wants them."""
    made = frame.astype(object).copy()
    day_first = {"dayfirst": True} if made[HEADERS[0]].map(type).eq(str).any() else {}
    when = pd.to_datetime(made[HEADERS[0]], errors="coerce", format="mixed", **day_first)
    made[HEADERS[0]] = when.astype("datetime64[ns]")
    for place in (4, 7, 15):
        made[HEADERS[place]] = made[HEADERS[place]].map(digits)
    for place in (18, 19):
        made[HEADERS[place]] = made[HEADERS[place]].map(number).astype(float)
    for place in (20, 21):
        made[HEADERS[place]] = made[HEADERS[place]].map(lambda v: YES.get(str(v).strip().lower()))
    return made


def each(test: Callable[[Any], object], message: str) -> pa.Check:
    """Give a check of every value."""
    return pa.Check(lambda value: bool(test(value)), element_wise=True, error=message)


def text(expression: str, message: str) -> pa.Check:
    """Give a check of every text against a regular expression."""
    return pa.Check.str_matches(f"^(?:{expression})$", error=message)


def is_document(value: str) -> bool:
    """Tell a valid CPF or CNPJ."""
    return bool((cnpj if len(value) == 14 else cpf).is_valid(value))


def schema() -> pa.DataFrameSchema:
    """Give what every column must be like."""
    checks: dict[int, tuple[str | type | None, pa.Check | None]] = {
        0: ("datetime64[ns]", None),
        1: (None, each(cnpj.is_valid, "CNPJ inválido")),
        2: (None, text(r"\d+", "inscrição inválida")),
        3: (None, text(r"\d{7}", "município inválido")),
        4: (None, each(is_document, "CPF/CNPJ inválido")),
        5: (None, text(r".*\S.*", "nome vazio")),
        6: (None, text(r"|[^@\s]+@[^@\s]+\.[^@\s]+", "e-mail inválido")),
        7: (None, text(r"\d{8}", "CEP inválido")),
        8: (None, text(r".{1,125}", "logradouro longo ou vazio")),
        9: (None, text(r".{1,10}", "número longo ou vazio")),
        10: (None, text(r".{0,60}", "complemento longo")),
        11: (None, text(r".{1,60}", "bairro longo ou vazio")),
        12: (None, text(r".+", "município vazio")),
        13: (
            None,
            text(
                "A[CLMP]|BA|CE|DF|ES|GO|M[AGST]|P[ABEIR]|R[JNORS]|S[CEP]|TO",
                "UF inválida",
            ),
        ),
        14: (None, text(r"[\s\S]{1,2000}", "discriminação longa ou vazia")),
        15: (None, text(r"\d{3,4}", "item inválido")),
        16: (None, text(r"\d+", "código inválido")),
        17: (None, text(r"\d{7}", "município inválido")),
        18: (float, pa.Check.gt(0, error="valor deve ser positivo")),
        19: (float, pa.Check.in_range(0, 5, error="alíquota fora do limite")),
        20: (None, pa.Check.isin([True, False], error="responda Sim ou Não")),
        21: (None, pa.Check.isin([True, False], error="responda Sim ou Não")),
    }
    return pa.DataFrameSchema(
        {HEADERS[place]: pa.Column(kind, check) for place, (kind, check) in checks.items()}
    )


def failures(frame: pd.DataFrame) -> pd.DataFrame:
    """Give all that is wrong, a row for each: index, column, failure_case, check."""
    try:
        schema().validate(frame, lazy=True)
    except pa.errors.SchemaErrors as found:
        return found.failure_cases
    return pd.DataFrame(columns=["index", "column", "failure_case", "check"])


def note(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give the payload of a row."""
    values = [row[header] for header in HEADERS]
    document = values[4]
    return {
        "data_emissao": values[0].isoformat() + "-03:00",
        "optante_simples_nacional": values[21],
        "tomador": {
            "cnpj" if len(document) == 14 else "cpf": document,
            "razao_social": values[5],
            "email": values[6],
            "endereco": {
                "cep": values[7],
                "logradouro": values[8],
                "numero": values[9],
                "complemento": values[10],
                "bairro": values[11],
                "municipio": values[12],
                "uf": values[13],
            },
        },
        "servico": {
            "discriminacao": values[14],
            "item_lista_servico": values[15],
            "codigo_tributario_municipio": values[16],
            "codigo_municipio": values[17],
            "valor_servicos": values[18],
            "aliquota": values[19],
            "iss_retido": values[20],
        },
    }


def requested(ready: pd.DataFrame) -> dict[str, tuple[list[int], requests.PreparedRequest]]:
    """Give the requests by ref, each with the places of its rows."""
    made: dict[str, tuple[list[int], requests.PreparedRequest]] = {}
    for key, group in ready.groupby([*HEADERS[1:4]], sort=False):
        prestador = dict(zip(("cnpj", "inscricao_municipal", "codigo_municipio"), key, strict=True))
        for start in range(0, len(group), NOTES_PER_LOTE):
            part = group.iloc[start : start + NOTES_PER_LOTE]
            ref = f"lote{len(made) + 1}"
            body = {"prestador": prestador, "lista_nfse": list(map(note, part.to_dict("records")))}
            request = requests.Request("POST", URL, params={"ref": ref}, json=body).prepare()
            made[ref] = list(part.index), request
    return made


def main(path: Path, folder: Path) -> None:
    """Convert one spreadsheet into `folder`."""
    given = read(path)
    frame = typed(given)
    wrong = failures(frame)
    bad = frame.index.isin(wrong["index"].dropna())
    lotes = requested(frame[~bad])
    refs = pd.Series("", index=frame.index)
    folder.mkdir(parents=True, exist_ok=True)
    for ref, (places, request) in lotes.items():
        refs.loc[places] = ref
        (folder / f"{ref}.json").write_bytes(request.body or b"")
    fates = pd.Series("pronta", index=frame.index).mask(bad, "rejeitada")
    save(path, given.assign(_fate=fates, _ref=refs), wrong, lotes, folder)


def save(
    path: Path,
    frame: pd.DataFrame,
    wrong: pd.DataFrame,
    lotes: Mapping[str, tuple[list[int], requests.PreparedRequest]],
    folder: Path,
) -> None:
    """Add the sheets of the result to the workbook, or to a new one with the csv's rows."""
    if path.suffix == ".csv":
        book = Workbook()
        source = book.active
        source.append(HEADERS)
        for values in frame[[*HEADERS]].itertuples(index=False):
            source.append(list(values))
    else:
        book = load_workbook(path)
    result = book.create_sheet("Resultado")
    result.append(["Linha", "Prestador", "Tomador", "CPF ou CNPJ", "Valor", "Situação", "Ref"])
    columns = [HEADERS[1], HEADERS[5], HEADERS[4], HEADERS[18], "_fate", "_ref"]
    for place, values in enumerate(frame[columns].itertuples(index=False), 2):
        result.append([place, *values])
    errors = book.create_sheet("Erros")
    errors.append(["Linha", "Coluna", "O que foi digitado", "O que está errado"])
    for problem in wrong.itertuples(index=False):
        errors.append([problem.index + 2, problem.column, str(problem.failure_case), problem.check])
    sheet = book.create_sheet("Lotes")
    sheet.append(["Ref", "Ordem", "Conteúdo"])
    for ref, (_, request) in lotes.items():
        for order, each_note in enumerate(json.loads(request.body or b"")["lista_nfse"], 1):
            sheet.append([ref, order, json.dumps(each_note, ensure_ascii=False)])
    book.save(folder / f"{path.stem}_resultado.xlsx")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
