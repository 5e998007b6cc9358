"""CPF, CNPJ, contacts, people abroad and prestadores."""

from tests.casos.validacao.origem import BARUERI, DOCUMENTO, Origem, cada, notas

CASOS: dict[str, Origem] = {
    "valida-documentos": notas(
        "CPF e CNPJ: dígito, tamanho, letras, repetidos, de um e de outro.",
        *cada(
            DOCUMENTO,
            "12.345.678/0001-96",
            "529.982.247-25",
            "529.982.247-26",
            "111.111.111-11",
            "123",
            "12.ABC.345/01DE-35",
            "12.ABC.345/01DE-36",
            "não tem",
            "",
        ),
    ),
    "valida-cnpj-sem-letras": notas(
        "Com cnpj_alfanumerico desligado, um CNPJ com letras é recusado.",
        *cada(DOCUMENTO, "12.ABC.345/01DE-35", "12.345.678/0001-95"),
        planilote="cnpj_alfanumerico = false\n\n" + BARUERI,
    ),
    "valida-cpf-e-cnpj-em-colunas": notas(
        "CPF e CNPJ em colunas próprias: exatamente um dos dois.",
        {DOCUMENTO: None, "tomador.cpf": "529.982.247-25", "tomador.cnpj": ""},
        {DOCUMENTO: None, "tomador.cpf": "", "tomador.cnpj": "12.345.678/0001-95"},
        {
            DOCUMENTO: None,
            "tomador.cpf": "529.982.247-25",
            "tomador.cnpj": "12.345.678/0001-95",
        },
        {DOCUMENTO: None, "tomador.cpf": "", "tomador.cnpj": ""},
    ),
    "valida-documento-na-coluna-do-outro": notas(
        "Um CPF válido sob CNPJ, e o contrário, é lido e avisado; um inválido é recusado.",
        *(
            {DOCUMENTO: None, "tomador.cpf": cpf, "tomador.cnpj": cnpj}
            for cpf, cnpj in (
                ("", "529.982.247-25"),
                ("12.345.678/0001-95", ""),
                ("", "52998224725"),
                ("12345678000195", ""),
                ("", "529.982.247-26"),
                ("529.982.247-25", "529.982.247-25"),
                ("12.345.678/0001-95", "529.982.247-25"),
            )
        ),
    ),
    "valida-exterior": notas(
        "Tomador do exterior: NIF, ou o motivo de não ter, e nenhum CPF ou CNPJ.",
        {DOCUMENTO: "", "tomador.nif": "DE123456789", "tomador.motivo_ausencia_nif": ""},
        {DOCUMENTO: "", "tomador.nif": "", "tomador.motivo_ausencia_nif": "1"},
        {"tomador.nif": "DE123456789", "tomador.motivo_ausencia_nif": ""},
        {DOCUMENTO: "", "tomador.nif": "DE123456789", "tomador.motivo_ausencia_nif": "1"},
    ),
    "valida-contatos": notas(
        "E-mails e telefones como as pessoas os escrevem.",
        *(
            {"tomador.email": email, "tomador.telefone": telefone}
            for email, telefone in (
                ("contas@trigodourado.example", "(41) 3256-8060"),
                ("a@b.example; c@d.example", "3256-8060"),
                ("contas@", "+55 41 99256-8060"),
                ("contas trigo", "41 abc"),
                ("", "4132568060"),
            )
        ),
    ),
    "valida-dois-prestadores": notas(
        "Notas de dois prestadores e uma de ninguém: só esta fica.",
        *cada(
            "prestador.cnpj", "11.222.333/0001-81", "11.444.777/0001-61", "", "11.222.333/0001-82"
        ),
        planilote=BARUERI.replace("11.222.333/0001-81", "11.222.333/0001-81")
        + '\n[[prestadores]]\ncnpj = "11.444.777/0001-61"\ncodigo_municipio = "4115200"\n',
    ),
    "valida-tomador-e-o-prestador": notas(
        "O prestador como tomador de si mesmo.",
        {DOCUMENTO: "11.222.333/0001-81"},
    ),
}
