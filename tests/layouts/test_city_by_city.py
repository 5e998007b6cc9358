"""Each city's own module by itself: what it writes, finds wrong, answers, and how that is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pytest

from converter.layouts.abrasf import nota as abrasf
from converter.layouts.abrasf.answer import answer as abrasf_answer
from converter.layouts.abrasf.answer import parse_answer as abrasf_read
from converter.layouts.abrasf.check import check as abrasf_check
from converter.layouts.abrasf.write import write as abrasf_write
from converter.layouts.barueri import nota as barueri
from converter.layouts.barueri.answer import answer as barueri_answer
from converter.layouts.barueri.answer import parse_answer as barueri_read
from converter.layouts.barueri.check import check as barueri_check
from converter.layouts.barueri.tables import ENVIO
from converter.layouts.barueri.write import write as barueri_write
from converter.layouts.base import City, CityError, ImportFile, ReturnFile
from converter.layouts.sao_paulo import nota as sao_paulo
from converter.layouts.sao_paulo.answer import answer as sao_paulo_answer
from converter.layouts.sao_paulo.answer import parse_answer as sao_paulo_read
from converter.layouts.sao_paulo.check import check as sao_paulo_check
from converter.layouts.sao_paulo.write import write as sao_paulo_write
from tests.layouts import amostras

Check = Callable[[bytes, City], tuple[CityError, ...]]
Read = Callable[[bytes, bytes | None], tuple[dict[str, object], ...]]


@dataclass(frozen=True, slots=True)
class Prefeitura:
    """The functions of one city; `spoil` makes its file wrong, which `code` says."""

    slug: str
    write: Callable[..., ImportFile]
    check: Check
    answer: Callable[[bytes, Sequence[CityError], City], ReturnFile]
    read: Read
    spoil: tuple[bytes, bytes]
    code: str


CITIES = [
    Prefeitura("abrasf-2.02", abrasf_write, abrasf_check, abrasf_answer, abrasf_read,
               (b"<QuantidadeRps>2<", b"<QuantidadeRps>3<"), "E69"),
    Prefeitura("barueri-pmb004", barueri_write, barueri_check, barueri_answer, barueri_read,
               (b"PMB004", b"PMB002"), "103"),
    Prefeitura("sao-paulo-v001", partial(sao_paulo_write, "001"), sao_paulo_check,
               partial(sao_paulo_answer, "001"), sao_paulo_read, (b"\r\n9", b"\r\n8"), "905"),
]  # fmt: skip


def sent_to(city: Prefeitura) -> bytes:
    return city.write(amostras.lote(city.slug), amostras.NUMBERING).content


def knowing(city: Prefeitura) -> City:
    return amostras.city(codigo_municipio=amostras.MUNICIPIO[city.slug])


@pytest.mark.parametrize("city", CITIES, ids=lambda city: city.slug)
def test_what_is_written_is_what_the_city_takes_and_answers(city: Prefeitura) -> None:
    sent = sent_to(city)
    errors = city.check(sent, knowing(city))
    assert [error for error in errors if not error.alerta] == []
    returned = city.answer(sent, errors, knowing(city)).content
    read = city.read(returned, sent)
    assert [one["status"] for one in read] == ["autorizado", "autorizado"]
    assert len({str(one["numero"]) for one in read}) == 2


@pytest.mark.parametrize("city", CITIES, ids=lambda city: city.slug)
def test_a_wrong_file_is_refused_with_the_code_and_no_note(city: Prefeitura) -> None:
    good = sent_to(city)
    sent = good.replace(*city.spoil)
    assert sent != good
    errors = city.check(sent, knowing(city))
    assert city.code in {error.codigo for error in errors}
    returned = city.answer(sent, errors, knowing(city)).content
    assert "autorizado" not in [one["status"] for one in city.read(returned, good)]


def test_the_city_remembers_a_rps_by_what_its_own_rule_names() -> None:
    values = {f"Rps/IdentificacaoRps/{name}": name[0] for name in ("Serie", "Tipo", "Numero")}
    assert abrasf.rps_key(values) == "S-T-N"
    assert sao_paulo.rps_key({"SerieRPS": "A", "NumeroRPS": "000101"}) == "A-101"
    assert abrasf.is_person({"Tomador/IdentificacaoTomador/CpfCnpj/Cpf": "11144477735"})
    assert barueri.is_person({"IndicadorCPFCNPJTomador": "1"})
    assert not barueri.is_person({})


@pytest.mark.parametrize(
    ("raw", "wanted"), [("10.50", "10.50"), ("-1", "-1"), ("10,50", None), ("NaN", None)]
)
def test_an_amount_of_abrasf_is_a_plain_decimal(raw: str, wanted: str | None) -> None:
    found = abrasf.number(raw)
    assert (None if found is None else str(found)) == wanted


def found_in(servico: str, *, recipient: bool = False) -> set[str]:
    """The codes of a note of Barueri that says nothing else, with a record 5 for a recipient."""
    note = barueri.NotaLines(
        1,
        rps=ENVIO["2"].read("") | {"CodigoServicoPrestado": servico},
        complement=(2, ENVIO["4"].read("") | {"IndicadorDestinatarioServico": str(int(recipient))}),
        recipient=(3, ENVIO["5"].read("")) if recipient else None,
    )
    return {codigo for codigo, _ in barueri.faults(note, amostras.city(), set(), set())}


def test_a_rented_thing_is_described_and_a_recipient_has_a_document() -> None:
    rented = {"827", "828", "829"}
    assert rented <= found_in("990401000")
    assert not (rented | {"831", "832"}) & found_in("620910000")
    assert "831" in found_in("620910000", recipient=True)
