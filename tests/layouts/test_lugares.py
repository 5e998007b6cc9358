"""Every field of the catalogue, in every layout: it is in the file, or it is told."""

from typing import Any

import pytest

from converter.layouts import by_slug
from converter.layouts.base import LayoutError
from converter.schemas.catalogue import FIELDS, Field, Kind
from tests.layouts import amostras

NOTE = tuple(f for f in FIELDS if not f.virtual and not f.path.startswith("prestador."))
# What the city works out by itself: the file needs none of it, and nothing is lost.
WORKED_OUT = {
    "servico.base_calculo", "servico.valor_iss", "servico.valor_iss_retido",
    "servico.valor_liquido", "servico.aliquota", "tipo_rps_substituido", "serie_rps_substituido",
    "servico.tipo_retencao_pis_cofins", "servico.responsavel_retencao",
    "regime_especial_tributacao", "regime_tributario_simples_nacional",
    "optante_simples_nacional", "incentivador_cultural", "servico.item_lista_servico",
    "servico.ibs_cbs_base_calculo", "servico.ibs_uf_aliquota", "servico.ibs_mun_aliquota",
    "servico.cbs_aliquota", "servico.ibs_uf_valor", "servico.ibs_mun_valor", "servico.cbs_valor",
}  # fmt: skip
# Values that differ from those of the sample note, by kind and by field.
BY_KIND: dict[Kind, Any] = {
    Kind.TEXT: "Outro texto", Kind.CODE: "77", Kind.MONEY: "1.23", Kind.RATE: "4",
    Kind.BOOLEAN: True, Kind.DATETIME: "2026-11-19T10:00:00-03:00", Kind.DATE: "2026-11-19",
    Kind.CNPJ: amostras.full_cnpj("112223330001"), Kind.CPF: amostras.full_cpf("529982247"),
    Kind.CEP: "01001000", Kind.MUNICIPIO: "3304557", Kind.UF: "RJ", Kind.CNAE: "6201501",
    Kind.NBS: "115021000", Kind.EMAIL: "outro@paodemel.example", Kind.PHONE: "4133334444",
    Kind.PAIS: "6076",
}  # fmt: skip
BY_PATH: dict[str, Any] = {
    "servico.item_lista_servico": "0101",
    "servico.codigo_tributario_municipio": "620910001",
    "servico.codigo_indicador_operacao": "030101",
    "servico.ibs_cbs_situacao_tributaria": "200",
    "servico.ibs_cbs_classificacao_tributaria": "200029",
}
# Some fields mean something only beside others.
BESIDE: dict[str, dict[str, Any]] = {
    "tomador.cpf": {"tomador.cnpj": None},
    "tomador.nif": {"tomador.cnpj": None},
    "tomador.motivo_ausencia_nif": {"tomador.cnpj": None, "tomador.endereco.uf": "EX"},
    "serie_rps_substituido": {"numero_rps_substituido": "44"},
    "data_emissao_nfse_substituida": {"numero_nfse_substituida": "41"},
    "regime_tributario_simples_nacional": {"optante_simples_nacional": True},
    "servico.responsavel_retencao": {
        "servico.iss_retido": True,
        "intermediario.cnpj": amostras.full_cnpj("112223330001"),
        "intermediario.razao_social": "Casa do Meio Ltda",
    },
    "servico.tipo_retencao_pis_cofins": {"servico.valor_pis": "6.50"},
    **{
        f"servico.{name}": {"servico.exportacao": True}
        for name in ("codigo_pais_ext", "codigo_postal_ext", "estado_ext")
    },
    **{
        f"servico.endereco.{name}": {"servico.codigo_municipio": "3304557"}
        for name in ("logradouro", "numero", "complemento", "bairro", "cep")
    },
    **{
        f"tomador.endereco.{name}": {"tomador.cnpj": None, "tomador.endereco.uf": "EX"}
        for name in ("codigo_pais", "cidade_exterior", "estado_exterior", "codigo_postal_exterior")
    },
    **{
        f"intermediario.{name}": {"intermediario.razao_social": "Casa do Meio Ltda"}
        for name in ("cnpj", "cpf")
    },
    **{
        f"intermediario.{name}": {
            "intermediario.cnpj": amostras.full_cnpj("112223330001"),
            "intermediario.razao_social": "Casa do Meio Ltda",
        }
        for name in ("nif", "motivo_ausencia_nif", "inscricao_municipal")
    },
    "intermediario.razao_social": {"intermediario.cnpj": amostras.full_cnpj("112223330001")},
}


def value(field: Field, slug: str) -> Any:
    if field.path == "servico.codigo_tributario_municipio" and slug.startswith("sao-paulo"):
        return "02661"
    if field.values:
        code = list(field.values)[-1]
        return code if field.path != "natureza_operacao" else int(code)
    return BY_PATH.get(field.path, BY_KIND.get(field.kind))


def outcome(slug: str, changes: dict[str, Any]) -> tuple[bytes, set[str]]:
    """The file with some fields changed, and the fields that are told of; no file when refused."""
    made = amostras.changed(slug, **{path.replace(".", "__"): v for path, v in changes.items()})
    try:
        written = by_slug(slug).write(made, amostras.NUMBERING)
    except LayoutError as error:
        return b"", {one.campo for one in error.errors}
    return written.content, {one.campo for one in written.adapted}


@pytest.mark.parametrize("slug", amostras.SLUGS)
@pytest.mark.parametrize("field", NOTE, ids=lambda field: field.path)
def test_a_field_is_in_the_file_or_is_told(field: Field, slug: str) -> None:
    beside = BESIDE.get(field.path, {})
    without, told_before = outcome(slug, {**beside, field.path: None})
    content, told = outcome(slug, {**beside, field.path: value(field, slug)})
    carried = bool(content) and content != without
    # A note that is refused for what stands beside the field is not sent without it either.
    refused = not content and bool(told | told_before)
    assert carried or refused or field.path in told or field.path in WORKED_OUT


@pytest.mark.parametrize(
    ("slug", "path"),
    [
        *(("barueri-pmb004", path) for path in ("numero_rps_substituido", "codigo_obra", "art")),
        *(("barueri-pmb004", path) for path in ("natureza_operacao", "intermediario.cnpj")),
        ("sao-paulo-v002", "numero_rps_substituido"),
        ("sao-paulo-v002", "servico.outras_retencoes"),
        ("abrasf-2.02", "servico.valor_nao_incluso_base_calculo"),
    ],
)  # fmt: skip
def test_what_would_change_the_note_is_refused(slug: str, path: str) -> None:
    (field,) = (one for one in NOTE if one.path == path)
    content, told = outcome(slug, {**BESIDE.get(path, {}), path: value(field, slug)})
    assert not content
    assert path in told
