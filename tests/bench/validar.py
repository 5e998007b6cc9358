"""How long validation takes: 22 columns, 5 % of the rows bad, as numbers and as text.

    python -m tests.bench.validar [linhas ...]

Amounts are nearly all different and every text is, which is the worst case for work done once
per distinct value. CPU time is given beside the clock, since other programs share the machine.
"""

import random
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from converter.brazil import cnpj
from converter.model.cells import MappedField, MappedSheet, RawValue, SourceColumn
from converter.schemas.catalogue import BY_PATH, Kind
from converter.schemas.shown import reais
from converter.stages.validate import validate
from tests.schemas.planilha import RULES, letter

BAD = 0.05
FIRST = 2


def generated(count: int) -> MappedSheet:
    """Give a sheet of notes as an xlsx holds them; one row in twenty has one bad cell."""
    chance = random.Random(count)  # noqa: S311 - the same rows each time
    bases = (f"{chance.randrange(10**8):08d}0001" for _ in range(max(50, count // 10)))
    clients = [base + cnpj.calc_check_digits(base) for base in bases]
    rows = [_row(chance, place, chance.choice(clients)) for place in range(count)]
    paths = list(rows[0])
    breakable = [path for path in paths if BY_PATH[path].kind not in (Kind.TEXT, Kind.CODE)]
    for row in rows:
        if chance.random() < BAD:
            row[chance.choice(breakable)] = "?"
    fields = {
        path: MappedField(path, [row[path] for row in rows], SourceColumn(letter(place), path))
        for place, path in enumerate(paths)
    }
    return MappedSheet("a.xlsx", "Notas", "padrao", 1, range(FIRST, FIRST + count), fields)


def _row(chance: random.Random, place: int, client: str) -> dict[str, RawValue]:
    cents = chance.randrange(1000, 10**7)
    return {
        "prestador.cnpj": "11222333000181",
        "prestador.codigo_municipio": "3505708",
        "data_emissao": datetime(2026, 11, chance.randrange(1, 20), chance.randrange(24), 30),
        "natureza_operacao": "1",
        "optante_simples_nacional": "Não",
        "servico.valor_servicos": cents / 100,
        "servico.base_calculo": cents / 100,
        "servico.aliquota": 3.0,
        "servico.valor_iss": (cents * 3 + 50) // 100 / 100,
        "servico.iss_retido": "Não",
        "servico.valor_liquido": cents / 100,
        "servico.item_lista_servico": "01.07",
        "servico.codigo_tributario_municipio": "620910000",
        "servico.discriminacao": f"Serviço número {place} prestado conforme contrato",
        "tomador.cpf_cnpj": client,
        "tomador.razao_social": f"Cliente {place % 5000} Ltda",
        "tomador.endereco.logradouro": "Rua das Acácias",
        "tomador.endereco.numero": str(place % 999),
        "tomador.endereco.bairro": "Centro",
        "tomador.endereco.codigo_municipio": "4106902",
        "tomador.endereco.uf": "PR",
        "tomador.endereco.cep": "80045165",
    }


def as_text(sheet: MappedSheet) -> MappedSheet:
    """Give the same sheet as a csv holds it."""
    return replace(
        sheet,
        fields={
            path: replace(field, values=list(map(_typed, field.values)))
            for path, field in sheet.fields.items()
        },
    )


def _typed(value: RawValue) -> RawValue:
    if isinstance(value, float):
        return reais(round(value * 100))
    return f"{value:%d/%m/%Y %H:%M}" if isinstance(value, datetime) else value


def main(sizes: Sequence[int] = (10_000, 100_000)) -> None:
    """Print the best of three runs for each size and form."""
    validate(generated(50), RULES)
    print(f"{'linhas x 22':>12}{'como':>10}{'s':>8}{'s de CPU':>10}{'problemas':>11}{'retidas':>9}")
    for size in sizes:
        numbers = generated(size)
        for name, sheet in (("números", numbers), ("texto", as_text(numbers))):
            runs = []
            for _ in range(3):
                wall, cpu = time.perf_counter(), time.process_time()
                typed = validate(sheet, RULES)
                runs.append((time.perf_counter() - wall, time.process_time() - cpu))
            wall, cpu = min(run[0] for run in runs), min(run[1] for run in runs)
            told = len(typed.problems) + typed.problems_beyond
            print(f"{size:>12}{name:>10}{wall:>8.2f}{cpu:>10.2f}{told:>11}{len(typed.rejected):>9}")


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or (10_000, 100_000))
