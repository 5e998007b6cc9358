"""What the API, the prefeitura or the wire answered."""

from converter.texts.text import Text

TEXTS: tuple[Text, ...] = ()
