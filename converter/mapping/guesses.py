"""What a column could be that nothing is known of but its values. Never used, only asked."""

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


def by_values(profile: Profile) -> tuple[str, ...]:
    """The paths its look suggests, the likeliest first; none where it looks like none."""
    look = _look(profile)
    if look is None:
        return ()
    return tuple(path for path in vocabulary().suggestions[look] if profile.holds(path))


def _look(profile: Profile) -> str | None:
    if profile.blank:
        return None
    for look, test in _LOOKS:
        if profile.most(test):
            return look
    if profile.most(is_amount) and profile.share(has_cents) > 0.3:
        return "dinheiro"
    if profile.most(is_words):
        long = profile.share(lambda value: len(str(value)) >= _LONG) >= 0.5
        return (
            "texto" if long else "nome" if profile.most(is_name) and profile.distinct > 1 else None
        )
    return None


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
