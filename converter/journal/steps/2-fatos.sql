CREATE TABLE related_file (
    ambiente TEXT NOT NULL,
    arquivo TEXT NOT NULL,
    other TEXT NOT NULL,
    PRIMARY KEY (ambiente, arquivo, other)
) WITHOUT ROWID;
CREATE TABLE source_name (
    ambiente TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    arquivo TEXT NOT NULL,
    PRIMARY KEY (ambiente, sha256)
) WITHOUT ROWID;
CREATE TABLE file_mark (
    ambiente TEXT NOT NULL,
    mark TEXT NOT NULL,
    arquivo TEXT NOT NULL,
    marks INTEGER NOT NULL,
    PRIMARY KEY (ambiente, mark)
) WITHOUT ROWID;
CREATE TABLE corrected_row (
    ambiente TEXT NOT NULL,
    arquivo TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    planilha TEXT NOT NULL,
    row INTEGER NOT NULL,
    identity TEXT NOT NULL,
    PRIMARY KEY (ambiente, arquivo, sha256, planilha, row)
) WITHOUT ROWID;
CREATE TABLE whole_lote (
    ambiente TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    ref TEXT NOT NULL,
    PRIMARY KEY (ambiente, sha256, ref)
) WITHOUT ROWID;
CREATE TABLE municipio (
    codigo TEXT PRIMARY KEY,
    rules TEXT NOT NULL,
    at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE header_mapping (
    header TEXT PRIMARY KEY,
    mapping TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE all_sent (
    ambiente TEXT PRIMARY KEY,
    at TEXT NOT NULL
) WITHOUT ROWID;
