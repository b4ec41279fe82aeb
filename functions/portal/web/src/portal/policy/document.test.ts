// The policy's document: differences are found field by field, and put on top of what somebody else has saved.
import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, changes, methods, type Policy, pointer, set } from "./document";

const rule = { enabled: true, groups: [], excluded: [], settings: {} };
const base: Policy = {
  version: 3,
  system_preferred: false,
  strengths: [],
  authenticator: rule,
  totp: { ...rule, settings: { digits: 6 } },
};

test("documents of two versions that say the same do not differ", () => {
  assert.deepEqual(changes(base, { ...base, version: 4 }), []);
});

test("a difference is one field", () => {
  const edited = set(set(base, ["totp", "excluded"], ["guests"]), ["totp", "settings", "digits"], 8);
  assert.deepEqual(
    changes(base, edited).map(({ path }) => pointer(path)),
    ["/totp/excluded", "/totp/settings/digits"],
  );
  assert.deepEqual(changes(base, base), [], "what was edited is another document");
});

test("my changes go on top of theirs", () => {
  const theirs = { ...set(base, ["authenticator", "groups"], ["staff"]), version: 4 };
  const mine = set(base, ["totp", "enabled"], false);
  const both = apply(theirs, changes(base, mine));
  assert.deepEqual(
    changes(base, both).map(({ path }) => pointer(path)),
    ["/authenticator/groups", "/totp/enabled"],
  );
  assert.equal(both.version, 4);
});

test("a field that is gone stays gone", () => {
  const { totp: _, ...without } = base;
  const mine = set(base, ["totp", "settings", "digits"], 8);
  assert.deepEqual(apply(without as Policy, changes(base, mine)), without);
});

test("methods stand in the document's order", () => {
  assert.deepEqual(
    methods(base).map(([kind]) => kind),
    ["authenticator", "totp"],
  );
});
