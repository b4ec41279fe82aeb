// Strengths as text: what is typed is read as it is meant, and comes back as it went.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromCombinations, inShort, toCombinations } from "./combinations";

test("a line is a combination, whatever stands between its parts", () => {
  const expected = [["password", "hardware_oath"], ["passkey"]];
  for (const text of [
    "password + hardware_oath\npasskey",
    "password+hardware_oath\r\n\n  passkey \n",
    "password, hardware_oath, password\npasskey",
  ]) {
    assert.deepEqual(toCombinations(text), expected, text);
  }
  assert.deepEqual(toCombinations(" \n"), []);
});

test("what was read is written the same way", () => {
  const text = "password + hardware_oath\npasskey";
  assert.equal(fromCombinations(toCombinations(text)), text);
  assert.equal(
    inShort({ name: "Desk", any_of: toCombinations(text) }),
    "Desk (password + hardware_oath / passkey)",
  );
});
