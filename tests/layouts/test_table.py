from pathlib import Path

from converter.layouts.table import by_record, rows

TABLE = "registro,campo\n1,cnpj\n2,valor\n1,inscrição\n"


def test_a_table_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "envio.csv"
    path.write_text(TABLE, encoding="utf-8")
    assert [row["campo"] for row in rows(path)] == ["cnpj", "valor", "inscrição"]


def test_fields_of_a_record_keep_their_order(tmp_path: Path) -> None:
    path = tmp_path / "envio.csv"
    path.write_text(TABLE, encoding="utf-8")
    found = by_record(path)
    assert {record: [row["campo"] for row in own] for record, own in found.items()} == {
        "1": ["cnpj", "inscrição"],
        "2": ["valor"],
    }
