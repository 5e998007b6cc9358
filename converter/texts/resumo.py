"""Things decided without asking, told in Resumo."""

from converter.texts.text import Text

TEXTS: tuple[Text, ...] = ()
