"""The tables of the cases of validation by theme; `gerar_validacao.py` writes them."""
