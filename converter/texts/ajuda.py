"""What `click` says on its own, in Portuguese: its sentences as it looks them up, and ours.

A sentence that is not here stays as it is; those of several releases stand side by side.
"""

from collections.abc import Mapping

FRASES: Mapping[str, str] = {
    "Usage:": "Uso:",
    "Usage: ": "Uso: ",
    "Options": "Opções",
    "Commands": "Comandos",
    "Positional arguments": "Argumentos",
    "Show this message and exit.": "Mostra esta ajuda.",
    "Show the version and exit.": "Mostra a versão.",
    "default: {default}": "sem ela: {default}",
    "Error: {message}": "Erro: {message}",
    "Try '{command} {option}' for help.": "Para ver a ajuda: {command} {option}",
    "Missing command.": "Falta dizer o comando.",
    "No such command {name!r}.": "Não existe o comando “{name}”.",
    "No such option: {name}": "Não existe a opção “{name}”.",
    "No such option {name!r}.": "Não existe a opção “{name}”.",
    "Did you mean {possibility}?": "Seria {possibility}?",
    "(Possible options: {possibilities})": "(Opções parecidas: {possibilities})",
    "Did you mean one of: {possibilities}?": "Seria uma destas: {possibilities}?",
    "(Did you mean one of: {possibilities}?)": "(Seria uma destas: {possibilities}?)",
    "Missing argument": "Falta o argumento",
    "Missing option": "Falta a opção",
    "Missing parameter": "Falta o parâmetro",
    "Missing parameter: {param_name}": "Falta o parâmetro: {param_name}",
    "Missing {param_type}": "Falta {param_type}",
    "Invalid value: {message}": "Valor que não serve: {message}",
    "Invalid value for {param_hint}: {message}": "Valor que não serve para {param_hint}: {message}",
    "Option {name!r} requires an argument.": "A opção “{name}” pede um valor.",
    "Option {name!r} does not take a value.": "A opção “{name}” não leva valor.",
    "Got unexpected extra argument ({args})": "Sobrou um argumento: {args}",
    "Got unexpected extra arguments ({args})": "Sobraram argumentos: {args}",
    "{value!r} is not {choice}.": "“{value}” não é {choice}.",
    "{value!r} is not one of {choices}.": "“{value}” não é um destes: {choices}.",
    "{value!r} is not a valid {number_type}.": "“{value}” não é um número inteiro.",
    "{value} is not in the range {range}.": "{value} está fora da faixa {range}.",
    "{name} {filename!r} does not exist.": "o arquivo “{filename}” não existe.",
    "{name} {filename!r} is a directory.": "“{filename}” é uma pasta; é preciso um arquivo.",
    "{name} {filename!r} is not readable.": "o arquivo “{filename}” não pode ser lido.",
    "Aborted!": "Interrompido.",
    "Error: invalid input": "Responda s (sim) ou n (não).",
}
DEFEITO = (
    "O planilote parou por um defeito seu ({nome}{onde}). O que já foi enviado está anotado em "
    "diario/, e nada se repete. Rode de novo: {comando}. Se acontecer outra vez, mande a quem "
    "cuida do planilote o arquivo {registro}, que não guarda dados de clientes."
)
INTERROMPIDO = "Interrompido. O que já foi enviado está guardado. Para continuar, rode: {comando}"
PASTA_PRONTA = (
    "Pasta pronta. Ponha as planilhas em entrada/ e abra Converter (ou rode: {converter}). "
    "O exemplo que veio junto mostra como é."
)
PASTA_JA_PRONTA = "A pasta já tinha tudo; nada foi mudado."
EXEMPLO_PRONTO = "O exemplo está em entrada/. Rode: {converter}"
OPCOES = "[OPÇÕES]"
COMANDO = "COMANDO [ARGUMENTOS]..."


def em_portugues(sentence: str) -> str:
    """The sentence in Portuguese, where it is known."""
    return FRASES.get(sentence, sentence)


def em_portugues_contado(one: str, many: str, count: int) -> str:
    """The same, of the singular or the plural."""
    return em_portugues(one if count == 1 else many)
