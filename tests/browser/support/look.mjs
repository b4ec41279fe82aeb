// Looks at a page as it stands: pictures in both themes and both sizes, and what axe finds in each theme (WCAG 2.2 AA).
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

export const OUTPUT = join(resolve(process.env.TEST_OUTPUT ?? "../../test-output"), "browser");
export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

const TALLEST = 2400;

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const RUN = `axe.run(document, { runOnly: ${JSON.stringify(RULES)}, resultTypes: ["violations"] }).then(({ violations }) =>
  violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) =>
    id + " (" + help + ") at " + target.join(" ") + ": " + failureSummary)))`;

const sessions = new WeakMap();

/** One session a page, never left: leaving any of them takes a page's virtual authenticators away. */
async function sessionOf(page) {
  if (!sessions.has(page)) sessions.set(page, await page.context().newCDPSession(page));
  return sessions.get(page);
}

/** Runs axe in a world of its own, which the page's policy does not bind and the page does not see. */
async function inspector(page) {
  const session = await sessionOf(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const world = { frameId: frameTree.frame.id, worldName: "axe" };
  const { executionContextId: contextId } = await session.send("Page.createIsolatedWorld", world);
  const run = async (expression) => {
    const how = { expression, contextId, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", how);
    assert.equal(exceptionDetails, undefined, exceptionDetails?.exception?.description);
    return result.value;
  };
  await run(`${AXE}; true`);
  return { findings: () => run(RUN) };
}

/** Nothing stands out to the side: the page scrolls one way only. */
async function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth
      ? [`the page is ${scrollWidth} px wide in a window of ${clientWidth} px`]
      : [];
  });
}

/** Waits until nothing on the page is still loading. */
export async function settled(page) {
  await page.getByText("Loading…").first().waitFor({ state: "hidden" });
}

/** Gives the window that width, and the height that shows all of the page, so that nothing lies under what is fixed. */
async function unroll(page, size) {
  await page.setViewportSize(size);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (height > size.height)
    await page.setViewportSize({ width: size.width, height: Math.min(height, TALLEST) });
}

/**
 * Takes the pictures of one state and fails on anything that axe finds. `only` keeps to the page's own size, for what
 * is never seen in the other.
 */
export async function look(page, name, { only = false } = {}) {
  mkdirSync(OUTPUT, { recursive: true });
  const own = page.viewportSize();
  const sizes = only ? [own] : own.width === PHONE.width ? [PHONE, DESKTOP] : [DESKTOP, PHONE];
  const found = [];
  await settled(page);
  const { findings } = await inspector(page);
  await page.mouse.move(0, 0);
  for (const size of sizes) {
    await unroll(page, size);
    const device = size.width === PHONE.width ? "phone" : "desktop";
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.screenshot({
        path: join(OUTPUT, `${name}-${device}-${colorScheme}.png`),
        animations: "disabled",
      });
      const seen = [...(await findings()), ...(await overflow(page))];
      found.push(...seen.map((what) => `${device}, ${colorScheme}: ${what}`));
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: "reduce" });
  await page.setViewportSize(own);
  assert.deepEqual(found, [], name);
}
