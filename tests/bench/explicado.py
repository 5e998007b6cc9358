"""Why a target is not met, from a profile; by hand, beside the numbers it explains."""

SHORTFALLS: tuple[str, ...] = ()
