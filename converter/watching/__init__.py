"""A folder that converts what is dropped into it: `planilote vigiar` and the switch of the page."""
