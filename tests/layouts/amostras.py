"""Lotes as the API takes them: one that every city accepts, and endless random ones."""

from copy import deepcopy
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from converter.brazil import cnpj, cpf
from converter.layouts import by_slug
from converter.layouts.base import City, Layout, Numbering
from converter.layouts.municipios import listed

HERE = Path(__file__).parent
NUMBERING = Numbering(remessa=20261122001, primeiro_rps=101, serie="A", lote=7)
NOW = datetime(2026, 11, 22, 10, 20, 0)
BARUERI, SAO_PAULO, FRANCA = "3505708", "3550308", "3516200"
SLUGS = tuple(listed())
MUNICIPIO = {
    "barueri-pmb004": BARUERI,
    "sao-paulo-v001": SAO_PAULO,
    "sao-paulo-v002": SAO_PAULO,
    "abrasf-2.02": FRANCA,
}
CODE = {BARUERI: "620910000", SAO_PAULO: "02660", FRANCA: "620910000"}


def full_cnpj(base: str) -> str:
    return base + cnpj.calc_check_digits(base)


def full_cpf(base: str) -> str:
    return base + cpf.calc_check_digits(base)


PRESTADOR = full_cnpj("187654990001")


def city(**known: Any) -> City:
    base: dict[str, Any] = {
        "now": NOW,
        "cnpj": PRESTADOR,
        "razao_social": "Casa Modelo Ltda",
        "codigo_municipio": FRANCA,
    }
    return City(**(base | known))


def nota(municipio: str, **servico: Any) -> dict[str, Any]:
    return {
        "data_emissao": "2026-11-20T12:07:26-03:00",
        "natureza_operacao": 1,
        "optante_simples_nacional": False,
        "servico": {
            "aliquota": Decimal(3),
            "discriminacao": "Suporte técnico de novembro",
            "iss_retido": "false",
            "item_lista_servico": "0107",
            "codigo_tributario_municipio": CODE[municipio],
            "valor_servicos": Decimal("1234.56"),
            **servico,
        },
        "tomador": {
            "cnpj": full_cnpj("075045050001"),
            "razao_social": "Padaria Pão de Mel Ltda",
            "email": "contato@paodemel.example",
            "endereco": {
                "logradouro": "Rua das Acácias",
                "numero": "10",
                "complemento": "Sala 2",
                "bairro": "Centro",
                "codigo_municipio": "4106902",
                "uf": "PR",
                "cep": "80045165",
            },
        },
    }


def lote(slug: str, notas: int = 2) -> dict[str, Any]:
    """A lote the city accepts as it is."""
    municipio = MUNICIPIO[slug]
    return {
        "prestador": {
            "cnpj": PRESTADOR,
            "inscricao_municipal": "1234567",
            "codigo_municipio": municipio,
        },
        "lista_nfse": [
            nota(municipio, valor_servicos=Decimal(100 + n)) for n in range(1, notas + 1)
        ],
    }


def written(slug: str, notas: int = 2) -> tuple[Layout, bytes]:
    layout = by_slug(slug)
    return layout, layout.write(lote(slug, notas), NUMBERING).content


def changed(slug: str, **fields: Any) -> dict[str, Any]:
    """The accepted lote with fields of its second note replaced; `a__b` is the path `a.b`."""
    made = deepcopy(lote(slug))
    for path, value in fields.items():
        put(made["lista_nfse"][1], path.split("__"), value)
    return made


def with_recipient() -> dict[str, Any]:
    """A lote whose second note has retentions (record 3) and another destinatário (record 5)."""
    return changed(
        "barueri-pmb004",
        indicador_destinatario="1",
        destinatario={
            "cpf": full_cpf("529982247"),
            "razao_social": "Ana Ficção",
            "email": "ana@ficcao.example",
            "endereco": {
                "logradouro": "Rua B",
                "numero": "2",
                "bairro": "Centro",
                "codigo_municipio": "3505708",
                "cep": "06401000",
            },
        },
        servico__valor_ir="1.50",
        servico__valor_pis=0.65,
    )


def put(target: dict[str, Any], path: list[str], value: Any) -> None:
    *parents, last = path
    for parent in parents:
        target = target.setdefault(parent, {})
    target.pop(last, None)
    if value is not None:
        target[last] = value


_TEXT = st.text(
    st.one_of(
        st.characters(min_codepoint=32, max_codepoint=255),
        st.sampled_from("–—“”…€ŠœłΩ漢🙂\u200b\t\n\r\x85|<>&\"'\ufffe"),
    ),
    min_size=1,
    max_size=60,
).filter(lambda text: any(char.isalnum() and char.isascii() for char in text))
_CENTS = st.integers(1, 10**11).map(lambda cents: Decimal(cents).scaleb(-2))
_SMALL = st.integers(0, 10**4).map(lambda cents: Decimal(cents).scaleb(-2))
_DIGITS = st.text("0123456789", min_size=12, max_size=12)


@st.composite
def random_nota(draw: st.DrawFn, slug: str) -> dict[str, Any]:
    """A note that fits the layout, its values typed in every way the API takes."""
    made = nota(MUNICIPIO[slug])
    loose = draw(st.sampled_from((str, lambda value: value)))
    day = draw(st.dates(date(2024, 1, 1), date(2026, 11, 21)))
    clock = draw(
        st.sampled_from(("", "T10:20:30", "T10:20:30-03:00", "T12:00-0300", "T17:43-3:00"))
    )
    made["data_emissao"] = day.isoformat() + clock
    servico, tomador = made["servico"], made["tomador"]
    servico["valor_servicos"] = loose(draw(_CENTS))
    servico["discriminacao"] = draw(_TEXT) * draw(st.sampled_from((1, 3, 12)))
    servico["iss_retido"] = draw(st.sampled_from((True, False, "true", "false", "0", "1")))
    servico["aliquota"] = loose(draw(st.integers(200, 500).map(lambda n: Decimal(n).scaleb(-2))))
    tomador["razao_social"] = draw(_TEXT)
    base = draw(_DIGITS)
    if draw(st.booleans()):
        tomador["cpf"] = cpf.masked(full_cpf(base[:9]))
        del tomador["cnpj"]
    else:
        tomador["cnpj"] = draw(st.sampled_from((cnpj.masked, str)))(full_cnpj(base))
    for name in ("logradouro", "numero", "complemento", "bairro"):
        tomador["endereco"][name] = draw(_TEXT)
    if draw(st.integers(0, 4)) == 0:
        made["tomador"] = foreigner(base, draw(_TEXT))
        if draw(st.booleans()):
            servico |= EXPORTED | {"iss_retido": False}
    # Only companies of Brazil withhold federal taxes.
    if slug != "sao-paulo-v001" and "cnpj" in made["tomador"]:
        for name in ("valor_pis", "valor_cofins", "valor_csll", "valor_ir", "valor_inss"):
            if draw(st.booleans()):
                servico[name] = loose(draw(_SMALL))
    if slug == "barueri-pmb004" and draw(st.integers(0, 4)) == 0:
        made |= {
            "numero_nfse_substituida": "1" + base[:5],
            "data_emissao_nfse_substituida": draw(
                st.dates(date(2024, 1, 1), date(2026, 11, 21))
            ).isoformat(),
        }
    return made


EXPORTED = {
    "exportacao": True,
    "codigo_municipio": "9999999",
    "codigo_pais_ext": "Portugal",
    "codigo_postal_ext": "1000-001",
    "estado_ext": "Lisboa",
}
"""A service rendered in Lisbon."""


def foreigner(nif: str, razao_social: str) -> dict[str, Any]:
    """A tomador abroad."""
    return {
        "nif": nif,
        "razao_social": razao_social,
        "endereco": {
            "logradouro": "Rua Augusta",
            "numero": "12",
            "bairro": "Baixa",
            "uf": "EX",
            "codigo_pais": "Portugal",
            "cidade_exterior": "Lisboa",
            "codigo_postal_exterior": "1000-001",
            "estado_exterior": "Lisboa",
        },
    }


def random_lotes(slug: str, most: int = 4) -> st.SearchStrategy[dict[str, Any]]:
    """Lotes of one to `most` random notes."""
    notas = st.lists(random_nota(slug), min_size=1, max_size=most)
    return notas.map(lambda lista: lote(slug, 0) | {"lista_nfse": lista})
