"""Why a number is refused, for callers who prefer exceptions: all of them are `ValueError`."""


class InvalidNumberError(ValueError):
    """The number cannot be valid."""


class InvalidFormatError(InvalidNumberError):
    """A character stands where it may not."""


class InvalidLengthError(InvalidNumberError):
    """There are too few or too many characters."""


class InvalidCheckDigitError(InvalidNumberError):
    """The check digits do not follow from the others."""
