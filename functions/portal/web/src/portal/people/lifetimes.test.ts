// Lifetimes of a pass.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lifetimes, lifetimeText } from "./lifetimes";

const bounds = (least: number, most: number, usual: number) => ({
  min_lifetime_minutes: least,
  max_lifetime_minutes: most,
  default_lifetime_minutes: usual,
});

test("what is offered lies within the policy, and its default and bounds are offered", () => {
  assert.deepEqual(lifetimes(bounds(10, 480, 60)), [10, 30, 60, 120, 240, 480]);
  assert.deepEqual(lifetimes(bounds(15, 90, 45)), [15, 30, 45, 60, 90]);
  assert.deepEqual(lifetimes(bounds(20, 20, 20)), [20]);
});

test("a lifetime is said in the largest unit that it fills", () => {
  assert.deepEqual([10, 60, 90, 480, 1440, 43_200].map(lifetimeText), [
    "10 minutes",
    "1 hour",
    "90 minutes",
    "8 hours",
    "1 day",
    "30 days",
  ]);
});
