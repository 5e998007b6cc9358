"""All rules across fields, in the order in which they are told."""

from collections.abc import Callable, Iterator

from converter.schemas.catalogue import FIELDS
from converter.schemas.findings import Finding, where
from converter.schemas.rules import amounts, city, people, place, rate, reform, time
from converter.schemas.sheet import Sheet

Rule = Callable[[Sheet], Iterator[Finding]]


def recommended_columns(sheet: Sheet) -> Iterator[Finding]:
    """Columns the documentation asks for and its own lote examples leave out; told once."""
    for field in FIELDS:
        if field.recommended and not sheet.has(field.path):
            yield Finding("coluna-recomendada-ausente", field.path, None)


def substitution_is_whole(sheet: Sheet) -> Iterator[Finding]:
    """Number and series of the replaced RPS go together; its type has a default."""
    number, series, kind = (f"{part}_rps_substituido" for part in ("numero", "serie", "tipo"))
    others = sheet.present(series) | sheet.present(kind)
    for path, rows in (
        (series, sheet.present(number) & sheet.missing(series)),
        (number, others & sheet.missing(number)),
    ):
        yield where("substituicao-incompleta", path, rows)


def suspension_has_its_case(sheet: Sheet) -> Iterator[Finding]:
    """Only a suspended ISS names the case that suspends it, and it must (ABRASF E313, E314)."""
    suspended = sheet.test("natureza_operacao", lambda natureza: natureza in (5, 6))
    usual = sheet.test("natureza_operacao", lambda natureza: natureza in (1, 2, 3, 4))
    case = "numero_processo"
    yield where("processo-ausente", case, suspended & sheet.missing(case))
    yield where("processo-sem-suspensao", case, usual & sheet.present(case))


RULES: tuple[Rule, ...] = (
    recommended_columns,
    people.one_document_each,
    people.tomador_has_document,
    people.tomador_has_name,
    people.tomador_is_somebody,
    people.service_is_told,
    people.tomador_has_address,
    people.tomador_is_someone_else,
    people.intermediario_has_document,
    people.nif_or_its_absence,
    place.state_of_city,
    place.state_of_cep,
    place.country_of_address,
    time.not_in_the_future,
    time.issued_near_its_neighbours,
    time.competence_is_recent,
    time.competence_is_not_after_the_note,
    time.mei_issues_nationally,
    time.simples_issues_nationally,
    substitution_is_whole,
    suspension_has_its_case,
    amounts.value_is_not_zero,
    amounts.reductions_fit_the_value,
    amounts.base_follows,
    rate.rate_is_lawful,
    amounts.untaxed_has_no_iss,
    amounts.iss_follows,
    rate.retention_has_its_rate,
    rate.retention_by_a_company,
    rate.retention_has_a_retainer,
    rate.regime_is_of_simples,
    rate.apportionment_is_of_simples,
    amounts.retained_iss_follows,
    amounts.net_follows,
    amounts.federal_is_withheld_by_a_company,
    reform.group_is_whole,
    reform.classification_begins_with_situation,
    reform.rates_of_the_test_year,
    reform.taxes_follow,
    city.required_by_the_city,
    city.listed_by_the_city,
    city.options_of_the_city,
)
