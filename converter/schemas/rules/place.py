"""Município, UF and CEP of one address: three ways of naming a state that must agree."""

from collections.abc import Iterator

import numpy as np

from converter.brazil import cep, municipio, pais
from converter.schemas.findings import Finding, where
from converter.schemas.sheet import Sheet

CITY = "tomador.endereco.codigo_municipio"
STATE = "tomador.endereco.uf"
CEP = "tomador.endereco.cep"
COUNTRY = "tomador.endereco.codigo_pais"
ABROAD = "EX"


def state_of_city(sheet: Sheet) -> Iterator[Finding]:
    """The UF is that of the município; where the CEP sides with the UF, the município is blamed."""
    by_city, by_state, by_cep = _states(sheet)
    clash = sheet.present(CITY) & sheet.present(STATE) & (by_city != by_state)
    city_alone = clash & sheet.present(CEP) & (by_cep == by_state)
    for path, rows in ((CITY, city_alone), (STATE, clash & ~city_alone)):
        yield where(
            "uf-difere-do-municipio",
            path,
            rows,
            lambda row: {
                "municipio": municipio.nome(str(sheet.value(CITY, row))) or "exterior",
                "uf_municipio": str(by_city[row]),
                "uf": str(by_state[row]),
            },
        )


def country_of_address(sheet: Sheet) -> Iterator[Finding]:
    """Another country goes with UF EX, and with no state of Brazil (ABRASF E116, E292)."""
    abroad = sheet.test(COUNTRY, lambda codigo: codigo != pais.BRASIL)
    here = sheet.test(STATE, lambda uf: uf != ABROAD)
    here |= sheet.test(CITY, lambda codigo: codigo != municipio.EXTERIOR)
    yield where(
        "pais-difere-da-uf",
        COUNTRY,
        abroad & here,
        lambda row: {"pais": pais.nome(str(sheet.value(COUNTRY, row))) or ""},
    )


def state_of_cep(sheet: Sheet) -> Iterator[Finding]:
    """The CEP lies in the range of a state the address names (faixas de CEP dos Correios)."""
    by_city, by_state, by_cep = _states(sheet)
    placed = (sheet.present(CITY) | sheet.present(STATE)) & (by_state != ABROAD)
    placed &= ~sheet.unread(CITY, STATE)
    elsewhere = (
        sheet.present(CEP)
        & placed
        & ~(sheet.present(CITY) & (by_cep == by_city))
        & ~(sheet.present(STATE) & (by_cep == by_state))
    )
    yield where(
        "cep-fora-da-uf",
        CEP,
        elsewhere,
        lambda row: {
            "uf_cep": str(by_cep[row] or "nenhum estado"),
            "uf": str(by_state[row] or by_city[row]),
        },
    )


def _states(sheet: Sheet) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return (sheet.derive(CITY, _state), sheet.derive(STATE, str), sheet.derive(CEP, cep.uf_of))


def _state(codigo: str) -> str | None:
    return ABROAD if codigo == municipio.EXTERIOR else municipio.uf(codigo)
