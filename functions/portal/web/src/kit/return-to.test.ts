// Where a sign-in may lead back to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { safeReturnTo, signInAddress } from "./return-to";

test("a path of this site is kept with its query", () => {
  for (const path of ["/", "/activity", "/?remove=aut_1", "/add-method?kind=totp", "/people/acc_1"]) {
    assert.equal(safeReturnTo(path), path);
  }
});

test("whatever leads elsewhere leads home", () => {
  const elsewhere = [
    null,
    undefined,
    "",
    "activity",
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/a\nb",
    "\\/evil.example",
    " /activity",
    "javascript:alert(1)",
  ];
  for (const value of elsewhere) assert.equal(safeReturnTo(value), "/", String(value));
});

test("the sign-in pages are no place to return to", () => {
  assert.equal(safeReturnTo("/sign-in?return_to=/sign-in"), "/");
  assert.equal(safeReturnTo("/welcome"), "/");
});

test("the sign-in address carries where one was", () => {
  assert.equal(
    signInAddress("/?remove=aut_1", true),
    "/sign-in?reauthenticate=1&return_to=%2F%3Fremove%3Daut_1",
  );
  assert.equal(signInAddress("//evil.example", false), "/sign-in?return_to=%2F");
});
