// The third redirect within a minute stops.
import assert from "node:assert/strict";
import { test } from "node:test";
import { countRedirects } from "./loop-guard";

test("the third redirect within a minute stops", () => {
  const first = countRedirects([], 1_000);
  const second = countRedirects(first.times, 20_000);
  const third = countRedirects(second.times, 40_000);
  assert.deepEqual([first.stop, second.stop, third.stop], [false, false, true]);
});

test("redirects that are a minute apart do not add up", () => {
  assert.equal(countRedirects([0, 30_000], 60_000).stop, false);
});

test("a clock that was set back does not stop anybody", () => {
  assert.equal(countRedirects([900_000, 910_000], 5_000).stop, false);
});
