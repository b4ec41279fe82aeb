// Weighs what each page loads at first, compressed, and fails when one is over its budget.
import { readFile } from "node:fs/promises";
import { closure } from "./build/closure.mjs";

const BUDGETS = {
  "sign-in": { js: 25_000, css: 12_000 },
  portal: { js: 45_000, css: 12_000 },
  authenticator: { js: 45_000, css: 12_000 },
};

const metafile = JSON.parse(await readFile("dist/meta.json", "utf8"));
let over = 0;
for (const [name, budget] of Object.entries(BUDGETS)) {
  for (const [kind, limit] of Object.entries(budget)) {
    let weight = 0;
    for (const path of closure(metafile, name).filter((file) => file.endsWith(`.${kind}`))) {
      weight += (await readFile(`${path}.gz`)).length;
    }
    const verdict = weight > limit ? "OVER" : "ok";
    if (weight > limit) over += 1;
    console.log(
      `${name.padEnd(14)} ${kind.padEnd(4)} ${String(weight).padStart(6)} of ${limit} B gzip  ${verdict}`,
    );
  }
}
process.exit(over === 0 ? 0 : 1);
