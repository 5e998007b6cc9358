"""Problems of one cell."""

from converter.texts.text import Text

TEXTS: tuple[Text, ...] = ()
