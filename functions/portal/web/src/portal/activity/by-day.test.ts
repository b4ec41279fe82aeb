// Activity by the local day.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ActivityEvent } from "../../kit/api-types";
import { byDay } from "./by-day";
import { eventFields, eventLine, eventTitle } from "./event-words";

const event = (id: string, at: Date, more: Partial<ActivityEvent> = {}): ActivityEvent => ({
  id,
  at: at.toISOString(),
  kind: "sign_in",
  outcome: "success",
  ...more,
});

test("events keep their order inside their day", () => {
  const days = byDay([
    event("3", new Date(2026, 10, 24, 0, 5)),
    event("2", new Date(2026, 10, 23, 23, 55)),
    event("1", new Date(2026, 10, 23, 8, 0)),
  ]);
  assert.deepEqual(
    days.map((day) => [day.key, day.events.map((item) => item.id)]),
    [
      ["2026-11-24", ["3"]],
      ["2026-11-23", ["2", "1"]],
    ],
  );
  assert.deepEqual(byDay([]), []);
});

test("a place that is not known is said so, where there could be one", () => {
  assert.deepEqual(eventLine(event("1", new Date(), { address: "203.0.113.9" })), ["Unknown place"]);
  assert.deepEqual(eventLine(event("1", new Date(), { by: "administrator" })), []);
});

test("what begins a line begins with a capital", () => {
  const prompt = event("1", new Date(), { browser: "unknown browser" });
  assert.deepEqual(eventLine(prompt), ["Unknown browser"]);
  assert.equal(Object.fromEntries(eventFields(prompt, undefined)).Browser, "Unknown browser");
});

test("the details name every field and whether the session is still open", () => {
  const full = event("1", new Date(), {
    app: "A",
    place: "P",
    address: "203.0.113.9",
    network: "N",
    browser: "B",
    os: "O",
    session_id: "s",
    number_match: "matched",
    by: "member",
    method: { kind: "totp", name: "M" },
  });
  const fields = Object.fromEntries(eventFields(full, true));
  assert.equal(fields.Session, "Still open");
  assert.equal(Object.keys(fields).length, 13);
  assert.equal(Object.fromEntries(eventFields(full, undefined)).Session, undefined);
});

test("a kind that is newer than the page still has a title", () => {
  assert.ok(eventTitle({ ...event("1", new Date()), kind: "new" as ActivityEvent["kind"] }).length > 0);
});
