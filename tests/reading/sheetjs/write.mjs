// Writes the rows of the JSON given as first argument, in every format SheetJS has, beside it.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import xlsx from "xlsx";

const FORMATS = {
  "serial.xlsx": { bookType: "xlsx" },
  "iso.xlsx": { bookType: "xlsx", cellDates: true },
  "binario.xlsb": { bookType: "xlsb" },
  "antigo.xls": { bookType: "biff8" },
  "xml.xls": { bookType: "xlml" },
  "aberto.ods": { bookType: "ods" },
  "texto.csv": { bookType: "csv", FS: ";" },
};

const path = process.argv[2];
const rows = JSON.parse(readFileSync(path, "utf-8"));
const head = ["Data", "Momento", "Valor"].map((text) => ({ t: "s", v: text }));
const table = rows.map(([day, moment, amount]) => [
  { t: "d", v: new Date(`${day}T00:00:00Z`), z: "dd/mm/yyyy" },
  { t: "d", v: new Date(`${moment}Z`), z: "dd/mm/yyyy hh:mm:ss" },
  { t: "n", v: amount, z: "0.00" },
]);
for (const [name, options] of Object.entries(FORMATS)) {
  const sheet = xlsx.utils.aoa_to_sheet([head, ...table], { cellDates: Boolean(options.cellDates) });
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, sheet, "Notas");
  writeFileSync(join(dirname(path), `sheetjs-${name}`), xlsx.write(book, { ...options, type: "buffer" }));
}
