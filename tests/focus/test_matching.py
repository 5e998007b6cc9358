"""A return file finds its lote by signs both carry, or says that it cannot."""

import pytest

from converter.focus.matching import match, named, overlapping, signs

REF = "pl" + "0a" * 15
OTHER = "pl" + "1b" * 15


def barueri(inscricao: str, remessa: int, *rps: int, errors: str = "") -> bytes:
    header = f"1{inscricao:<7}PMB004{remessa:011d}"
    lines = [header, *(f"2RPS  AAAA     {number:010d}20261122093000E" for number in rps), "9"]
    if errors:
        lines = [f"{line:<1970}{errors}" for line in lines]
    return "\r\n".join([*lines, ""]).encode("latin-1")


def barueri_ret(inscricao: str, remessa: int, *rps: int) -> bytes:
    header = f"1{inscricao:<7}{0:016d}PMB003{remessa:011d}"
    detail = "2     {0:06d}20261122093000723K.1473.0553.5240699-IAAAA{1:010d}1NA"
    lines = (detail.format(number % 10**6, number) for number in rps)
    return "\r\n".join([header, *lines, ""]).encode()


def sao_paulo(inscricao: str, *rps: int) -> bytes:
    lines = [f"1001{inscricao:>08}2026110120261130"]
    lines += [f"2RPS  AAAAA{number:012d}20261122T" for number in rps]
    return "\r\n".join([*lines, "9", ""]).encode()


def sao_paulo_ret(inscricao: str, *rps: int) -> bytes:
    lines = [f"1003{inscricao:>08}2026110120261130"]
    lines += [
        f"2{inscricao:>08}{number % 10**8:08d}20261122093000ABCD1234RPS  AAAAA{number:012d}"
        for number in rps
    ]
    return "\r\n".join([*lines, "9", ""]).encode()


def abrasf(inscricao: str, *rps: int, lote: int = 0, protocolo: str = "") -> bytes:
    numbers = "".join(
        f"<ns:IdentificacaoRps><ns:Numero>{number}</ns:Numero><ns:Serie>A</ns:Serie>"
        "</ns:IdentificacaoRps>"
        for number in rps
    )
    return (
        f"<?xml version='1.0'?><ns:X><ns:NumeroLote>{lote}</ns:NumeroLote>"
        f"<ns:InscricaoMunicipal>{inscricao}</ns:InscricaoMunicipal>"
        f"<ns:Protocolo>{protocolo}</ns:Protocolo>{numbers}</ns:X>"
    ).encode()


@pytest.mark.parametrize(
    ("content", "inscricao", "remessa", "rps"),
    [
        (barueri("1234567", 20261122001, 7, 8), "1234567", "20261122001", ("7", "8")),
        (barueri("1234567", 3, 7, errors="205;"), "1234567", "3", ("7",)),
        (barueri_ret("1234567", 4, 7, 8), "1234567", "4", ("7", "8")),
        (barueri("1234567", 98765432101, 1234567890), "1234567", "98765432101", ("1234567890",)),
        (barueri_ret("1234567", 98765432101, 1234567890), "1234567", "98765432101",
         ("1234567890",)),
        (sao_paulo("12345678", 123456789012), "12345678", "", ("123456789012",)),
        (sao_paulo_ret("12345678", 123456789012), "12345678", "", ("123456789012",)),
        (sao_paulo("12345678", 1, 2), "12345678", "", ("1", "2")),
        (sao_paulo_ret("12345678", 1, 2), "12345678", "", ("1", "2")),
        (abrasf("99", 5, lote=8), "99", "8", ("5",)),
        (b"", "", "", ()),
        (b"\xff\x00 lixo", "", "", ()),
    ],
)  # fmt: skip
def test_the_marks_of_each_layout(content, inscricao, remessa, rps):
    found = signs(content)
    assert (found.inscricao, found.remessa, found.rps) == (inscricao, remessa, rps)


LOTES = {
    REF: signs(barueri("1234567", 11, 1, 2)),
    OTHER: signs(barueri("1234567", 12, 3, 4)),
}


@pytest.mark.parametrize(
    ("name", "content", "refs"),
    [
        ("x.err", barueri("1234567", 12, 3, 4, errors="102;"), (OTHER,)),
        ("RET1.TXT", barueri_ret("1234567", 11, 1, 2), (REF,)),
        ("RET2.TXT", barueri_ret("1234567", 0, 3, 4), (OTHER,)),
        ("todas.txt", barueri_ret("1234567", 0, 1, 2, 3, 4), (REF, OTHER)),
        ("outra.txt", barueri_ret("7654321", 11, 1, 2), ()),
        ("metade.txt", barueri_ret("1234567", 0, 1, 3), ()),
        ("pl00.txt", b"nada que se reconheca", ()),
    ],
)
def test_a_return_file_finds_its_lote(name, content, refs):
    assert match(signs(content), LOTES) == refs, name


@pytest.mark.parametrize(
    ("name", "refs"),
    [
        (f"{REF}.txt", (REF,)),
        (f"Retorno {OTHER.upper()} (1).TXT", (OTHER,)),
        (f"{REF} e {OTHER}.txt", (REF, OTHER)),
        ("pl00.txt", ()),
    ],
)
def test_a_name_may_hold_the_ref(name, refs):
    assert named(name) == refs


def test_two_lotes_with_the_same_rps_cannot_be_told_apart():
    twins = {REF: LOTES[REF], OTHER: LOTES[REF]}
    found = match(signs(barueri_ret("1234567", 0, 1, 2)), twins)
    assert found == (REF, OTHER)
    assert overlapping(found, twins)
    assert not overlapping((REF, OTHER), LOTES)


def test_an_abrasf_answer_is_matched_by_its_rps_and_issuer():
    lotes = {REF: signs(abrasf("99", 5, 6, lote=8))}
    assert match(signs(abrasf("99", 5, 6, protocolo="XYZ")), lotes) == (REF,)
    assert match(signs(abrasf("98", 5, 6)), lotes) == ()
