// Opens the built app in a real browser that poses as a phone, and reads its accessibility.
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const playwright = await import("playwright-core").catch(() => undefined);

/** Why the browser tests cannot run here; nothing when they can. */
export const missing = !playwright
  ? "playwright-core is not installed"
  : !existsSync(CHROMIUM)
    ? "no chromium"
    : !existsSync("dist/authenticator.html") && "the app is not built";

/** A phone with an empty browser; `close` takes everything away again. */
export async function phone({ theme = "light", permissions = [], camera, ...options } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "countersign-phone-"));
  const fake = camera
    ? [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        `--use-file-for-fake-video-capture=${camera}`,
      ]
    : [];
  const context = await playwright.chromium.launchPersistentContext(folder, {
    executablePath: CHROMIUM,
    args: [...QUIET, ...fake],
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    colorScheme: theme,
    permissions,
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const [page] = context.pages();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  const close = async () => {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  };
  const press = (name) => page.getByRole("button", { name }).click();
  const sees = (text) => page.getByText(text).first().waitFor();
  return { context, page, errors, close, press, sees };
}

/** What axe finds on the page (WCAG 2.2 AA), from a world of its own that the page's policy does not bind. */
export async function findings({ context, page }) {
  const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const session = await context.newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const world = { frameId: frameTree.frame.id, worldName: "axe" };
  const { executionContextId: contextId } = await session.send("Page.createIsolatedWorld", world);
  await session.send("Runtime.evaluate", { expression: source, contextId });
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const expression = `axe.run(document, { runOnly: ${JSON.stringify(tags)} })
    .then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ target }) => target).join(", ")))`;
  const { result } = await session.send("Runtime.evaluate", {
    contextId,
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  return result.value;
}
