"""planilote: invoice spreadsheets in, municipal import files and filled workbooks out."""

__version__ = "0.1.0"
