"""The afternoon script: what a good developer writes in one, with what everybody uses.

    python -m tests.bench.tarde planilha.xlsx pasta

Reads with pandas, walks the rows with regular expressions and python-stdnum, groups with
`groupby`, and adds its sheets with openpyxl. It knows far fewer rules than planilote and keeps
amounts as floats; it is here for its speed.
"""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook, load_workbook
from stdnum.br import cnpj, cpf

from tests.bench.dados import HEADERS

NOTES_PER_LOTE = 1_000
UF = re.compile("A[CLMP]|BA|CE|DF|ES|GO|M[AGST]|P[ABEIR]|R[JNORS]|S[CEP]|TO")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DIGITS = re.compile(r"\D")
BRAZILIAN = re.compile(r"-?\d{1,3}(\.\d{3})*(,\d+)?|-?\d+(,\d+)?")
ITEM = re.compile(r"\d{1,2}\.?\d{2}")
YES = {"sim": True, "s": True, "não": False, "nao": False, "n": False}


def read(path: Path) -> pd.DataFrame:
    """Give the sheet as pandas reads it."""
    if path.suffix == ".csv":
        return pd.read_csv(path, sep=";", encoding="cp1252", dtype=str, keep_default_na=False)
    return pd.read_excel(path, engine="openpyxl", dtype=object, keep_default_na=False)


def number(value: Any) -> float:
    """Give an amount, from a number or from Brazilian text."""
    if isinstance(value, int | float):
        return float(value)
    if not BRAZILIAN.fullmatch(value.strip()):
        raise ValueError("valor inválido")
    return float(value.replace(".", "").replace(",", "."))


def note(row: Mapping[str, Any], errors: list[tuple[str, str]]) -> dict[str, Any]:
    """Give the payload of a row; what is wrong goes into `errors`."""

    def check(header: str, good: object, message: str) -> None:
        if not good:
            errors.append((header, message))

    values = [row[header] for header in HEADERS]
    try:
        when = pd.to_datetime(values[0], dayfirst=True).isoformat() + "-03:00"
    except ValueError:
        when = ""
        check(HEADERS[0], False, "data inválida")
    document = DIGITS.sub("", str(values[4]))
    module = cnpj if len(document) == 14 else cpf
    check(HEADERS[4], module.is_valid(document), "CPF/CNPJ inválido")
    check(HEADERS[1], cnpj.is_valid(str(values[1])), "CNPJ inválido")
    check(HEADERS[5], str(values[5]).strip(), "nome vazio")
    check(HEADERS[6], not values[6] or EMAIL.fullmatch(str(values[6])), "e-mail inválido")
    check(HEADERS[7], len(DIGITS.sub("", str(values[7]))) == 8, "CEP inválido")
    check(HEADERS[13], UF.fullmatch(str(values[13])), "UF inválida")
    check(HEADERS[15], ITEM.fullmatch(str(values[15])), "item inválido")
    amounts = {}
    for place in (18, 19):
        try:
            amounts[place] = number(values[place])
        except ValueError as error:
            check(HEADERS[place], False, str(error))
    check(HEADERS[18], amounts.get(18, 1) > 0, "valor deve ser positivo")
    check(HEADERS[19], 0 <= amounts.get(19, 0) <= 5, "alíquota fora do limite")
    withheld = YES.get(str(values[20]).strip().lower())
    check(HEADERS[20], withheld is not None, "responda Sim ou Não")
    return {
        "data_emissao": when,
        "optante_simples_nacional": YES.get(str(values[21]).strip().lower()),
        "tomador": {
            "cnpj" if len(document) == 14 else "cpf": document,
            "razao_social": str(values[5]),
            "email": str(values[6]),
            "endereco": {
                "cep": DIGITS.sub("", str(values[7])),
                "logradouro": str(values[8]),
                "numero": str(values[9]),
                "complemento": str(values[10]),
                "bairro": str(values[11]),
                "municipio": str(values[12]),
                "uf": str(values[13]),
            },
        },
        "servico": {
            "discriminacao": str(values[14]),
            "item_lista_servico": DIGITS.sub("", str(values[15])),
            "codigo_tributario_municipio": str(values[16]),
            "codigo_municipio": str(values[17]),
            "valor_servicos": amounts.get(18),
            "aliquota": amounts.get(19),
            "iss_retido": withheld,
        },
    }


def main(path: Path, folder: Path) -> None:
    """Convert one spreadsheet into `folder`."""
    frame = read(path)
    notes, problems, fates = [], [], []
    for place, row in enumerate(frame.to_dict("records"), 2):
        errors: list[tuple[str, str]] = []
        notes.append(note(row, errors))
        problems += [(f"A{place}", header, str(row[header]), said) for header, said in errors]
        fates.append("rejeitada" if errors else "pronta")
    frame["_nota"], frame["_fate"] = notes, fates
    frame["_ref"] = ""
    payloads = {}
    issuer = [*HEADERS[1:4]]
    for key, group in frame[frame["_fate"] == "pronta"].groupby(issuer, sort=False):
        for start in range(0, len(group), NOTES_PER_LOTE):
            part = group.iloc[start : start + NOTES_PER_LOTE]
            ref = f"lote{len(payloads) + 1}"
            frame.loc[part.index, "_ref"] = ref
            prestador = dict(
                zip(("cnpj", "inscricao_municipal", "codigo_municipio"), key, strict=True)
            )
            payloads[ref] = {"prestador": prestador, "lista_nfse": list(part["_nota"])}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lotes.json").write_text(json.dumps(payloads, ensure_ascii=False), encoding="utf-8")
    save(path, frame, problems, payloads, folder / f"{path.stem}_resultado.xlsx")


def save(
    path: Path,
    frame: pd.DataFrame,
    problems: list[tuple[str, str, str, str]],
    payloads: Mapping[str, Mapping[str, Any]],
    target: Path,
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
    errors.append(["Onde", "Coluna", "O que foi digitado", "O que está errado"])
    for problem in problems:
        errors.append(problem)
    lotes = book.create_sheet("Lotes")
    lotes.append(["Ref", "Ordem", "Conteúdo"])
    for ref, payload in payloads.items():
        for order, each in enumerate(payload["lista_nfse"], 1):
            lotes.append([ref, order, json.dumps(each, ensure_ascii=False)])
    book.save(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
