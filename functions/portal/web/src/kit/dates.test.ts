// Times in words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ago, dayHeading, dayKey } from "./dates";
import { minutesAndSeconds } from "./minutes";

const NOW = new Date(2026, 10, 24, 17, 0, 0).getTime();
const before = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

test("days are named as people name them", () => {
  assert.equal(dayHeading(before(60), NOW), "Today");
  assert.equal(dayHeading(before(86_400), NOW), "Yesterday");
  assert.match(dayHeading(before(3 * 86_400), NOW), /Saturday/);
});

test("a day is a local day", () => {
  assert.equal(dayKey(new Date(2026, 0, 5, 0, 0, 1).toISOString()), "2026-01-05");
});

test("how long ago something was", () => {
  assert.equal(ago(before(5), NOW), "now");
  assert.equal(ago(before(14 * 60), NOW), "14 minutes ago");
  assert.equal(ago(before(90_000), NOW), "yesterday");
  assert.equal(ago(new Date(NOW + 5_000).toISOString(), NOW), "now");
});

test("what is left of a countdown never goes below nothing", () => {
  assert.equal(minutesAndSeconds(118.2), "1:59");
  assert.equal(minutesAndSeconds(5), "0:05");
  assert.equal(minutesAndSeconds(-3), "0:00");
});
