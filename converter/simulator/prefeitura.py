"""The prefeitura played whole: a file comes in, a verdict and a return file go out."""

from dataclasses import dataclass, replace

from converter.simulator.layouts.base import City, CityError, Claims, Layout, ReturnFile


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the prefeitura made of a file.

    `city` is what it knows afterwards: unchanged when the file was refused, since it accepts all
    or nothing. `errors` holds alerts too, which refuse nothing. `claims` is what the file used
    up, None when refused.
    """

    returned: ReturnFile
    errors: tuple[CityError, ...]
    city: City
    claims: Claims | None

    @property
    def accepted(self) -> bool:
        """True when every note was issued."""
        return self.claims is not None


def receive(layout: Layout, content: bytes, city: City) -> Verdict:
    """Checks a file as the city does, and answers it."""
    errors = layout.check(content, city)
    returned = layout.answer(content, errors, city)
    if any(not error.alerta for error in errors):
        return Verdict(returned, errors, city, None)
    claims = layout.claims(content)
    after = replace(
        city,
        remessas=city.remessas | {claims.remessa},
        rps=city.rps | set(claims.rps),
        proxima_nfse=city.proxima_nfse + len(claims.rps),
    )
    return Verdict(returned, errors, after, claims)
