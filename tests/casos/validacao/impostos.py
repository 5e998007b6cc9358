"""What is computed from what: ISS, deductions, IBS and CBS, the item of the list."""

from tests.casos.validacao.origem import (
    ALIQUOTA,
    DOCUMENTO,
    ITEM,
    RETIDO,
    VALOR,
    Origem,
    cada,
    notas,
)

CASOS: dict[str, Origem] = {
    "valida-contas-do-iss": notas(
        "Base, ISS e líquido contra a conta: um centavo avisa, mais é erro.",
        *(
            {
                VALOR: "1.000,00",
                ALIQUOTA: "2,5",
                "servico.valor_deducoes": "100,00",
                "servico.base_calculo": base,
                "servico.valor_iss": iss,
                "servico.valor_liquido": liquido,
            }
            for base, iss, liquido in (
                ("900,00", "22,50", "1.000,00"),
                ("900,01", "22,51", "999,99"),
                ("1.000,00", "25,00", "900,00"),
                ("", "", ""),
            )
        ),
    ),
    "valida-iss-retido": notas(
        "ISS retido com os seus valores, sem alíquota, e de pessoa física.",
        {RETIDO: "Sim", ALIQUOTA: "2", "servico.valor_iss_retido": "3,00"},
        {RETIDO: "Sim", ALIQUOTA: "2", "servico.valor_iss_retido": "4,00"},
        {RETIDO: "Não", ALIQUOTA: "2", "servico.valor_iss_retido": "3,00"},
        {RETIDO: "Sim", ALIQUOTA: "", "servico.valor_iss_retido": ""},
        {RETIDO: "Sim", ALIQUOTA: "2", DOCUMENTO: "529.982.247-25"},
    ),
    "valida-deducoes-e-retencoes": notas(
        "Deduções, descontos e retenções não passam do valor do serviço.",
        {"servico.valor_deducoes": "150,00"},
        {"servico.valor_deducoes": "150,01"},
        {"servico.desconto_incondicionado": "200,00"},
        {"servico.valor_ir": "100,00", "servico.valor_pis": "60,00"},
    ),
    "valida-substituicao": notas(
        "Os campos do RPS substituído vêm juntos.",
        {
            "numero_rps_substituido": "12",
            "serie_rps_substituido": "A",
            "tipo_rps_substituido": "1",
        },
        {"numero_rps_substituido": "12"},
        {"serie_rps_substituido": "A"},
    ),
    "valida-item-da-lista": notas(
        "O item da LC 116 em todos os formatos, contra a lista em vigor.",
        *cada(ITEM, "1.07", "0107", "107", "01.07", "010701", "01.07.01", "1,07"),
        *cada(ITEM, "99.99", "1", "01.7", "07.14", "suporte", "1.10"),
    ),
    "valida-ibs-cbs": notas(
        "O grupo de IBS e CBS: códigos, contas e o que falta.",
        *(
            {
                "servico.ibs_cbs_situacao_tributaria": situacao,
                "servico.ibs_cbs_classificacao_tributaria": classe,
                "servico.ibs_cbs_base_calculo": "1.000,00",
                "servico.cbs_aliquota": "0,9",
                "servico.cbs_valor": valor,
            }
            for situacao, classe, valor in (
                ("000", "000001", "9,00"),
                ("000", "000001", "9,01"),
                ("000", "200001", "19,00"),
                ("", "000001", "9,00"),
            )
        ),
    ),
}
