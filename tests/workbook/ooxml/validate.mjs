// Prints, as JSON, what the Open XML SDK finds wrong in each file named, for both versions.
import fs from "node:fs";
import validate from "@ooxml-tools/validate";

const found = {};
for (const file of process.argv.slice(2)) {
  found[file] = {};
  for (const version of ["Office2007", "Microsoft365"]) {
    const errors = await validate(fs.readFileSync(file), "xlsx", version);
    found[file][version] = errors.map((each) => `${each.path?.partUri} ${each.description}`);
  }
}
console.log(JSON.stringify(found));
process.exit(0);
