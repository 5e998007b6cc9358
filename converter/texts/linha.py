"""Problems between the fields of one row, and of a row as a whole."""

from converter.texts.text import Text

TEXTS: tuple[Text, ...] = ()
