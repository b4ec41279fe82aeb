// Builds the web app into dist/: bundles the entries, writes their pages and compresses everything once.

import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { closure } from "./build/closure.mjs";

const DIST = "dist";
const ENTRIES = ["sign-in", "portal", "authenticator"].filter((name) => existsSync(`src/${name}/main.tsx`));
const WORKER = ["src/authenticator-sw.ts", "src/authenticator-sw/main.ts"].find((path) => existsSync(path));
const PAGES = ["not-found"];
const COMPRESSED = /\.(html|js|css|svg|webmanifest|json|txt)$/;

const shared = {
  bundle: true,
  minify: true,
  charset: "utf8",
  target: ["es2022", "chrome123", "firefox120", "safari17.5"],
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  logLevel: "warning",
};

/** Bundles the pages' code; what several pages need becomes chunks that they share. */
async function bundlePages() {
  const built = await esbuild.build({
    ...shared,
    entryPoints: Object.fromEntries(ENTRIES.map((name) => [name, `src/${name}/main.tsx`])),
    format: "esm",
    splitting: true,
    metafile: true,
    outdir: DIST,
    publicPath: "/",
    entryNames: "assets/[name]-[hash]",
    chunkNames: "assets/chunk-[hash]",
    assetNames: "assets/[name]-[hash]",
    loader: { ".woff2": "file", ".svg": "file" },
  });
  return built.metafile;
}

/** Bundles the service worker, which knows the names of the files its page needs. */
async function bundleWorker(metafile) {
  if (!WORKER) return;
  const precache = closure(metafile, "authenticator").map((path) => path.replace(`${DIST}/`, "/"));
  await esbuild.build({
    ...shared,
    entryPoints: [WORKER],
    format: "iife",
    outfile: `${DIST}/authenticator/sw.js`,
    define: { __PRECACHE__: JSON.stringify(precache) },
  });
}

/** Writes a page from its template: the mark `<!-- assets -->` becomes its style sheets and scripts. */
async function writePage(metafile, name) {
  const files = closure(metafile, name);
  const entry = files.find((path) => metafile.outputs[path].entryPoint);
  const url = (path) => path.replace(`${DIST}/`, "/");
  const fonts = Object.keys(metafile.outputs).filter((path) => /latin.*\.woff2$/.test(path));
  const lines = [
    ...fonts.map(
      (path) => `<link rel="preload" href="${url(path)}" as="font" type="font/woff2" crossorigin>`,
    ),
    ...files
      .filter((path) => path.endsWith(".css"))
      .map((path) => `<link rel="stylesheet" href="${url(path)}">`),
    ...files
      .filter((path) => path.endsWith(".js") && path !== entry)
      .map((path) => `<link rel="modulepreload" href="${url(path)}">`),
    `<script type="module" src="${url(entry)}"></script>`,
  ];
  const template = await readFile(`src/${name}/page.html`, "utf8");
  await writeFile(`${DIST}/${name}.html`, template.replace("<!-- assets -->", lines.join("\n    ")));
}

/** Writes the pages that need no code, only the look of the sign-in pages. */
async function writePlainPages(metafile) {
  const styles = closure(metafile, "sign-in").filter((path) => path.endsWith(".css"));
  const links = styles.map((path) => `<link rel="stylesheet" href="${path.replace(`${DIST}/`, "/")}">`);
  for (const name of PAGES) {
    const template = await readFile(`src/pages/${name}.html`, "utf8");
    await writeFile(`${DIST}/${name}.html`, template.replace("<!-- assets -->", links.join("\n    ")));
  }
}

/** Copies files that keep their names: icons, the manifest. */
async function copyPublic() {
  for (const [from, to] of [
    ["src/public", DIST],
    ["src/authenticator/public", `${DIST}/authenticator`],
  ]) {
    if (existsSync(from)) await cp(from, to, { recursive: true });
  }
}

/** Writes the licences of what is shipped inside the pages, as those ask for. */
async function writeLicences() {
  const { dependencies } = JSON.parse(await readFile("package.json", "utf8"));
  const texts = [];
  for (const name of Object.keys(dependencies)) {
    const folder = `node_modules/${name}`;
    const file = (await readdir(folder)).find((item) => /^licen[cs]e/i.test(item));
    if (file) texts.push(`${name}\n\n${await readFile(`${folder}/${file}`, "utf8")}`);
  }
  await writeFile(`${DIST}/licences.txt`, texts.join(`\n\n${"-".repeat(72)}\n\n`));
}

/** Writes `.br` and `.gz` beside every text file, so that serving never compresses. */
async function compress(folder) {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if ((await stat(path)).isDirectory()) await compress(path);
    else if (COMPRESSED.test(basename(path))) {
      const bytes = await readFile(path);
      const brotli = {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      };
      await writeFile(`${path}.br`, brotliCompressSync(bytes, brotli));
      await writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    }
  }
}

await rm(DIST, { recursive: true, force: true });
await mkdir(`${DIST}/authenticator`, { recursive: true });
const metafile = await bundlePages();
for (const name of ENTRIES) await writePage(metafile, name);
await writePlainPages(metafile);
await bundleWorker(metafile);
await copyPublic();
await writeLicences();
await compress(DIST);
await writeFile(`${DIST}/meta.json`, JSON.stringify(metafile));
console.log(`built ${ENTRIES.join(", ")}${WORKER ? " and the service worker" : ""}`);
