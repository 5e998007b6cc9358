"""Problems of the header row and of mappings, told once per sheet."""

from converter.texts.text import Text

TEXTS: tuple[Text, ...] = ()
