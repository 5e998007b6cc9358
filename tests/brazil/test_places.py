"""CEP, UF, município and its zone."""

import unicodedata
from datetime import datetime, timedelta

import pytest

from converter.brazil import cep, data_files, fuso, municipio, uf

WITHOUT_CHECK_DIGIT = {
    "2201919", "2201988", "2202251", "2611533", "3117836", "3152131", "4305871", "5203939",
    "5203962",
}  # fmt: skip
"""The nine codes whose last digit IBGE did not compute."""


@pytest.mark.parametrize(
    ("cell", "value"),
    [("01310-100", "01310100"), ("01.310-100", "01310100"), (90010000.0, "90010000")],
)
def test_a_cep_comes_out_bare(cell, value):
    assert cep.parse(cell) == (value, None, None, ())


@pytest.mark.parametrize("cell", [1310100, 1310100.0, "1310100", "1310100.0", "1310100,0"])
def test_the_zero_of_sao_paulo_comes_back_with_a_warning(cell):
    assert cep.parse(cell) == ("01310100", None, "cep-zero-reposto", (("completo", "01310-100"),))


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("01310", "cep-tamanho"),
        ("1310-100", "cep-tamanho"),
        ("013101000", "cep-tamanho"),
        ("01310-1O0", "cep-caractere"),
        ("00000-000", "cep-inexistente"),
        (131010, "cep-tamanho"),
        (None, "celula-vazia"),
    ],
)
def test_a_bad_cep_says_why(cell, problem):
    assert cep.parse(cell).problem == problem


@pytest.mark.parametrize(
    ("number", "state"),
    [
        ("01000000", "SP"), ("19999999", "SP"), ("20000000", "RJ"), ("28999999", "RJ"),
        ("68899999", "PA"), ("68900000", "AP"), ("69300000", "RR"), ("69400000", "AM"),
        ("69900000", "AC"), ("72799999", "DF"), ("72800000", "GO"), ("73000000", "DF"),
        ("73700000", "GO"), ("76800000", "RO"), ("78899999", "MT"), ("78900000", None),
        ("79000000", "MS"), ("99999999", "RS"), ("00999999", None),
    ],
)  # fmt: skip
def test_a_cep_belongs_to_a_state(number, state):
    assert cep.uf_of(number) == state


@pytest.mark.parametrize(
    ("cell", "value"),
    [("SP", "SP"), ("sp", "SP"), (" São Paulo ", "SP"), ("RIO GRANDE DO SUL", "RS"), ("EX", "EX")],
)
def test_a_uf_is_its_letters_or_its_name(cell, value):
    assert uf.parse(cell).value == value


@pytest.mark.parametrize(
    ("cell", "problem"), [("SPO", "uf-desconhecida"), (35, "celula-tipo"), ("", "celula-vazia")]
)
def test_a_bad_uf_says_why(cell, problem):
    assert uf.parse(cell).problem == problem


def test_the_table_has_every_municipio_in_its_state():
    rows = data_files.rows("municipios")
    assert len(rows) == 5571
    states = {codigo[:2]: sigla for codigo, _, sigla in rows}
    assert len(states) == 27
    assert all(states[codigo[:2]] == sigla for codigo, _, sigla in rows)
    assert set(states.values()) == set(uf.nomes()) - {uf.EXTERIOR}
    assert municipio.nome("5101837") == "Boa Esperança do Norte"
    assert municipio.uf("2605459") == "PE"


def test_the_last_digit_of_every_code_is_its_check_digit_but_for_nine():
    def computed(codigo: str) -> str:
        products = (int(digit) * (1 + place % 2) for place, digit in enumerate(codigo[:6]))
        return str(-sum(product // 10 + product % 10 for product in products) % 10)

    wrong = {
        codigo for codigo, _, _ in data_files.rows("municipios") if computed(codigo) != codigo[6]
    }
    assert wrong == WITHOUT_CHECK_DIGIT


@pytest.mark.parametrize(
    ("cell", "state", "value"),
    [
        ("3550308", None, "3550308"),
        (3550308.0, None, "3550308"),
        ("3550308.0", None, "3550308"),
        ("São\n Paulo  -  SP", None, "3550308"),
        ("São Paulo", None, "3550308"),
        ("SAO PAULO", None, "3550308"),
        ("São Paulo - SP", None, "3550308"),
        ("São Paulo/SP", "RJ", "3550308"),
        ("Sao Paulo (SP)", None, "3550308"),
        ("Santana do Livramento", "RS", "4317103"),
        ("Bom Jesus", "PI", "2201903"),
        ("Bom Jesus", "piauí", "2201903"),
        ("Bom Jesus/PI", None, "2201903"),
        ("Embu-Guaçu", None, "3515103"),
        ("São Paulo", "??", "3550308"),
    ],
)
def test_a_municipio_is_found_by_code_or_name(cell, state, value):
    assert municipio.parse(cell, state) == (value, None, None, ())


@pytest.mark.parametrize("cell", ["355030", 355030.0])
def test_a_code_without_its_check_digit_is_completed_with_a_warning(cell):
    assert municipio.parse(cell) == (
        "3550308",
        None,
        "municipio-sem-digito",
        (("completo", "3550308"), ("nome", "São Paulo/SP")),
    )


@pytest.mark.parametrize(
    ("cell", "state", "problem"),
    [
        ("7107", None, "municipio-tamanho"),
        ("3550309", None, "municipio-desconhecido"),
        ("999999", None, "municipio-desconhecido"),
        ("Nova Iorque do Sul", None, "municipio-nome"),
        ("Atlântida - XX", None, "municipio-nome"),
        ("３５５０３０８", None, "municipio-nome"),
        ("Campinas", "RJ", "municipio-uf"),
        ("Bom Jesus", None, "municipio-ambiguo"),
        ("São Paulo/XX", None, "municipio-nome"),
        (None, None, "celula-vazia"),
    ],
)
def test_a_bad_municipio_says_why(cell, state, problem):
    assert municipio.parse(cell, state).problem == problem


def test_an_ambiguous_name_names_its_candidates():
    ((_, candidates),) = municipio.parse("Bom Jesus").details
    assert "Bom Jesus/PI (2201903)" in candidates
    assert candidates.count("Bom Jesus/") == 5


def test_many_candidates_are_counted(monkeypatch):
    monkeypatch.setattr(municipio, "_NAMED", 2)
    ((_, candidates),) = municipio.parse("Bom Jesus").details
    assert candidates.endswith(" e mais 3")


def test_an_unknown_code_has_no_name():
    assert municipio.nome("0000000") is None
    assert municipio.uf("0000000") is None


@pytest.mark.parametrize(
    ("codigo", "hours"),
    [
        ("3550308", -3), ("2605459", -2), ("2611606", -3), ("1302603", -4), ("1304062", -5),
        ("1200401", -5), ("5103403", -4), ("5101837", -4), ("5002704", -4), ("1100205", -4),
        ("1400100", -4), ("1501402", -3), ("2927408", -3), ("5300108", -3), ("", -3),
    ],
)  # fmt: skip
def test_every_municipio_has_its_legal_time(codigo, hours):
    assert datetime(2026, 1, 15, tzinfo=fuso.of(codigo)).utcoffset() == timedelta(hours=hours)


def test_every_state_has_a_zone_that_never_moves_its_clock_in_2026():
    for codigo, _, _ in data_files.rows("municipios"):
        zone = fuso.of(codigo)
        summer, winter = datetime(2026, 1, 1, tzinfo=zone), datetime(2026, 7, 1, tzinfo=zone)
        assert summer.utcoffset() == winter.utcoffset()


def test_the_exceptions_are_municipios_of_the_table():
    exceptions = [codigo for codigo, _, name in data_files.rows("fusos") if name]
    assert exceptions
    assert all(municipio.uf(codigo) in ("AM", "PE") for codigo in exceptions)


def _plain(text):
    return "".join(
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    )


@pytest.mark.parametrize(
    ("form", "spelling"),
    [
        ("{} - {}", str),
        ("{}/{}", str.upper),
        ("{} ({})", _plain),
        ("{}-{}", lambda name: _plain(name).lower()),
        ("{} {} - Brasil", lambda name: _plain(name).upper()),
    ],
)
def test_every_municipio_is_found_by_its_name_and_state(form, spelling):
    wrong = [
        (codigo, name)
        for codigo, name, sigla in data_files.rows("municipios")
        if municipio.parse(form.format(spelling(name), sigla)).value != codigo
    ]
    assert wrong == []


def test_every_municipio_is_found_by_its_name_or_asked_about():
    for codigo, name, sigla in data_files.rows("municipios"):
        for written in (name, name.upper(), _plain(name)):
            parsed = municipio.parse(written)
            assert parsed.value == codigo or parsed.problem == "municipio-ambiguo"
            assert municipio.parse(written, sigla).value == codigo


@pytest.mark.parametrize(
    ("cell", "codigo"),
    [
        ("Aracatu - BA", "2902005"),
        ("ARACATU BA", "2902005"),
        ("Itagi/BA", "2915106"),
        ("Itagibá", "2915205"),
        ("Itagiba", "2915205"),
        ("Ji-Paraná", "1100122"),
        ("Campinas - São Paulo", "3509502"),
        ("Alta Floresta do Oeste - RO", None),
    ],
)
def test_a_name_is_parted_from_its_state_before_it_is_compared(cell, codigo):
    assert municipio.parse(cell).value == codigo


@pytest.mark.parametrize(
    ("cell", "now"),
    [
        ("Embu - SP", "Embu das Artes/SP (3515004)"),
        ("Parati", "Paraty/RJ (3303807)"),
        ("Santarém/PB", "Joca Claudino/PB (2513653)"),
    ],
)
def test_a_former_name_suggests_the_present_one(cell, now):
    parsed = municipio.parse(cell)
    assert parsed.problem == "municipio-nome-antigo"
    assert dict(parsed.details) == {"candidatos": now}


def test_a_former_name_is_of_no_other_municipio_of_its_state():
    for codigo, name in data_files.rows("municipios_antigos"):
        assert municipio.nome(codigo) is not None
        assert municipio.parse(name, municipio.uf(codigo)).problem == "municipio-nome-antigo"
