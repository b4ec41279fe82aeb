// Bundles the unit tests and runs them with node's own test runner.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import * as esbuild from "esbuild";

const OUT = "node_modules/.cache/tests";
const tests = readdirSync("src", { recursive: true }).filter((path) => /\.test\.tsx?$/.test(path));
rmSync(OUT, { recursive: true, force: true });
await esbuild.build({
  entryPoints: tests.map((path) => `src/${path}`),
  bundle: true,
  platform: "node",
  format: "esm",
  jsx: "automatic",
  jsxImportSource: "preact",
  outdir: OUT,
  outbase: "src",
  outExtension: { ".js": ".mjs" },
  logLevel: "warning",
});
const files = readdirSync(OUT, { recursive: true }).filter((path) => path.endsWith(".test.mjs"));
const run = spawnSync(process.execPath, ["--test", ...files.map((path) => `${OUT}/${path}`)], {
  stdio: "inherit",
});
process.exit(run.status ?? 1);
