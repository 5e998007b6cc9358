"""Problems of a whole file: unreadable, hostile, nothing in it."""

from converter.texts.text import Text

TEXTS: tuple[Text, ...] = ()
