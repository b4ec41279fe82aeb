// The words of strengths: names of ours are said in words, and what is missing by the shortest way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { missing, title } from "./strength-words";

const standing = (rests: string[][]) => ({ name: "Desk", built_in: false, reached: false, missing: rests });

test("a strength of ours has words, one of theirs its name", () => {
  assert.equal(title({ ...standing([]), name: "multi_factor", built_in: true }), "Two factors");
  assert.equal(title({ ...standing([]), name: "multi_factor" }), "multi_factor");
});

test("what is missing is said by the shortest way that a member can go", () => {
  assert.equal(missing(standing([["pass"], ["password", "totp"]])), "a password and a code generator app");
  assert.equal(missing(standing([["pass"]])), "a temporary access pass");
  assert.equal(missing(standing([["unlocked", "phishing_resistant"]])), "a method that resists phishing");
  assert.equal(missing(standing([["possession", "unlocked"]])), "a phone or key that you unlock");
  assert.equal(missing(standing([["carrier pigeon"]])), "carrier pigeon");
});
