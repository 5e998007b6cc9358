#!/bin/sh
cd "$(dirname "$0")" || exit 1
{planilote} vigiar
printf '\nPressione Enter para fechar esta janela. '
read -r _
