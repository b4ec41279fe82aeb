// Tells a story in facts: one service and its browsers, facts in their order, each of which leaves every page calm.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Browsers } from "./browser.mjs";
import { OUTPUT } from "./look.mjs";
import { Service } from "./service.mjs";

const FACT_TAKES_AT_MOST_MS = 90_000;

/**
 * `tell` is given the scene (`service`, `browsers`, `atTheEnd`) and `fact(name, act)`. A fact builds on the ones before it; after
 * one that failed the others are skipped. A fact that `needs` what is not there says so and is skipped alone.
 */
export function story(title, tell, { clock = false } = {}) {
  describe(title, { concurrency: false }, () => {
    const endings = [];
    const scene = {
      service: undefined,
      browsers: new Browsers(),
      /** What is to be put away when the story is over, however it ends. */
      atTheEnd: (end) => endings.push(end),
    };
    let broken;
    before(async () => {
      scene.service = await Service.start({ clock });
    });
    after(async () => {
      for (const end of endings) await end();
      await scene.browsers.close();
      await scene.service?.remove();
    });
    const fact = (name, act, { needs = false } = {}) =>
      it(name, { timeout: FACT_TAKES_AT_MOST_MS, skip: needs }, async (t) => {
        if (broken) {
          t.skip(`${broken} failed`);
          return;
        }
        try {
          await act(t);
          scene.browsers.calm();
        } catch (error) {
          broken = name;
          await picture(scene, name);
          throw error;
        }
      });
    tell(scene, fact);
  });
}

/** What was on every page when the fact failed. */
async function picture({ browsers }, name) {
  mkdirSync(OUTPUT, { recursive: true });
  for (const [index, page] of browsers.pages().entries()) {
    const path = join(OUTPUT, `failed-${name}-${index + 1}.png`);
    await page.screenshot({ path, fullPage: true, timeout: 3_000 }).catch(() => {});
  }
}
