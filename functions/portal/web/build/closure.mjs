// Finds every file that a page loads at once: its entry, what it imports, and its style sheet.

/** The output paths of an entry, the entry first; code that is loaded later is left out. */
export function closure(metafile, name) {
  const entry = Object.keys(metafile.outputs).find(
    (path) => metafile.outputs[path].entryPoint === `src/${name}/main.tsx`,
  );
  if (!entry) return [];
  const found = new Set();
  const visit = (path) => {
    if (found.has(path)) return;
    found.add(path);
    for (const item of metafile.outputs[path].imports) {
      if (item.kind === "import-statement" && !item.external) visit(item.path);
    }
    const style = metafile.outputs[path].cssBundle;
    if (style) found.add(style);
  };
  visit(entry);
  return [...found];
}
