// Methods in words.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Method } from "../../kit/api-types";
import { methodDetail, methodMeta } from "./method-words";

const method = (more: Partial<Method>): Method => ({
  id: "aut_1",
  kind: "authenticator",
  name: "Pixel 9",
  detail: "",
  strength: "possession",
  added_at: "2026-11-24T10:00:00Z",
  is_default: false,
  removable: true,
  status: "active",
  lacks: [],
  ...more,
});

test("a detail that the name says already is not said again", () => {
  const detail = "Chrome on Android";
  for (const name of ["Chrome on Android", "My chrome on  android"]) {
    assert.equal(methodDetail({ name, detail }), undefined, name);
  }
  assert.equal(methodDetail({ name: "Work phone", detail }), detail);
  assert.equal(methodDetail({ name: "Password", detail: "" }), undefined);
});

test("a password whose use is not counted says nothing of it, and a method that was never used says so", () => {
  const words = (more: Partial<Method>) => methodMeta(method(more), Date.now()).map(({ text }) => text);
  assert.deepEqual(words({ kind: "password" }).length, 2);
  assert.deepEqual(words({}).at(-1), "Not used yet");
  assert.match(words({ last_used_at: new Date().toISOString() }).at(-1) ?? "", /^Last used/);
});
