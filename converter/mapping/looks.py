"""What values look like, under a header that does not say what they are."""

from converter.mapping.profile import Profile
from converter.mapping.value_kinds import (
    has_cents,
    is_amount,
    is_cep,
    is_city,
    is_day,
    is_document,
    is_email,
    is_item,
    is_month,
    is_name,
    is_percent,
    is_uf,
    is_words,
    is_yes_no,
)
from converter.mapping.vocabulary import vocabulary

_LONG = 25
"""Letters from which a text says more than a name."""


def guesses(profile: Profile) -> tuple[str, ...]:
    """The paths that values look like, the likeliest first; never used, only asked."""
    paths = vocabulary().suggestions.get(_look(profile), ())
    return tuple(path for path in paths if profile.holds(path))


def _look(profile: Profile) -> str:
    """A name of the file's [sugestoes]; empty where values look like nothing of a note."""
    for look, test in _LOOKS:
        if profile.most(test):
            return look
    if profile.most(is_amount) and profile.share(has_cents) > 0.3:
        return "dinheiro"
    if profile.most(is_words) and profile.half(lambda value: len(str(value)) >= _LONG):
        return "texto"
    return "nome" if profile.most(is_name) and profile.distinct > 1 else ""


_LOOKS = (
    ("documento", is_document),
    ("email", is_email),
    ("percentual", is_percent),
    ("data", is_day),
    ("uf", is_uf),
    ("sim_nao", is_yes_no),
    ("cep", is_cep),
    ("mes", is_month),
    ("item", lambda value: isinstance(value, str) and "." in value and is_item(value)),
    ("dinheiro", lambda value: has_cents(value) or (isinstance(value, str) and "$" in value)),
    ("cidade", is_city),
)
