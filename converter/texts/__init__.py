"""What a user reads: problems in `messages.toml`, all other sentences in `sentences.toml`.

In Python stand only words that are read with what they name: the help of an option, the headings
of a sheet, and why a file, a journal or an answer is refused, which ends a sentence of these.
"""
