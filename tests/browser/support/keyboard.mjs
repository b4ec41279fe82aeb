// Hands that never touch the mouse: Tab to what one wants, then a key.
import assert from "node:assert/strict";

const FURTHEST = 25;

export const touch = (page, key) => page.keyboard.press(key);

/** Presses Tab until that has the focus, and can be seen to have it. */
export async function tabTo(page, name) {
  const passed = [];
  for (let tabs = 0; tabs < FURTHEST; tabs += 1) {
    const focused = await page.evaluate(() => {
      const { activeElement: element } = document;
      if (!element || element === document.body) return { name: "" };
      const label = element.labels?.[0]?.textContent ?? element.ariaLabel ?? element.textContent;
      const { outlineStyle, boxShadow } = getComputedStyle(element);
      const box = element.closest(".field-box");
      return {
        name: label.trim(),
        visible: outlineStyle !== "none" || boxShadow !== "none" || Boolean(box?.matches(":focus-within")),
      };
    });
    if (typeof name === "string" ? focused.name === name : name.test(focused.name)) {
      assert.ok(focused.visible, `the focus on ${focused.name} cannot be seen`);
      return;
    }
    passed.push(focused.name);
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not come to ${name}: ${passed.join(", ")}`);
}
