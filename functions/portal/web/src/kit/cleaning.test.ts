// Codes and secrets as people paste them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanCode, grouped } from "./cleaning";

test("a code is its digits, however it was pasted", () => {
  for (const typed of [
    "123456",
    "123 456",
    "123-456",
    " 1 2 3 4 5 6 ",
    "123\u00a0456",
    "Code: 123456",
    "１２３４５６",
    "1234567",
  ]) {
    assert.equal(cleanCode(typed, 6), "123456", typed);
  }
});

test("a secret is shown in groups of four", () => {
  assert.equal(grouped("JBSWY3DPEHPK3PXPAB"), "JBSW Y3DP EHPK 3PXP AB");
  assert.equal(grouped("JBSW Y3DP"), "JBSW Y3DP");
});
