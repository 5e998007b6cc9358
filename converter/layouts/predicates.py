"""What a city asks of one value: whether it is a date, a document, an e-mail, a state."""

from datetime import date

from converter.brazil import cnpj, cpf, email, municipio
from converter.brazil.uf import EXTERIOR, nomes


def day(raw: str) -> date | None:
    """The date of AAAAMMDD, None when it is none."""
    try:
        return date.fromisoformat(raw) if len(raw) == 8 and is_digits(raw) else None
    except ValueError:
        return None


def is_hour(raw: str) -> bool:
    """True for HHMMSS."""
    return len(raw) == 6 and is_digits(raw) and raw[:2] < "24" and max(raw[2:4], raw[4:]) < "60"


def is_digits(raw: str) -> bool:
    """True for one or more ASCII digits."""
    return raw.isascii() and raw.isdigit()


def is_document(indicador: str, raw: str) -> bool:
    """True for a valid CPF (indicador 1) or CNPJ (indicador 2) in a field of 14."""
    if indicador == "1":
        return raw.startswith("000") and cpf.is_valid(raw[-11:])
    return cnpj.is_valid(raw)


def is_uf(raw: str) -> bool:
    """True for one of the 27 states."""
    return raw in nomes() and raw != EXTERIOR


def is_municipio(raw: str) -> bool:
    """True for a 7-digit IBGE code that exists."""
    return municipio.nome(raw) is not None


def is_cep(raw: str) -> bool:
    """True for eight digits that are not all zero."""
    return len(raw) == 8 and is_digits(raw) and bool(raw.strip("0"))


def are_emails(raw: str, most: int = 3) -> bool:
    """True for one to `most` addresses separated by `|`."""
    addresses = raw.split("|")
    return len(addresses) <= most and all(email.parse(one).value for one in addresses)


def is_plain(raw: str) -> bool:
    """True for letters and digits only, which is all a série may hold; '' too."""
    return raw.isalnum() or not raw
