// Strengths as text: what is typed is read as it is meant, and comes back as it went.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromCombinations, inShort, toCombinations, wrongLines } from "./combinations";

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

test("what is wrong with a combination is told by the line in which it was typed", () => {
  const said = (line: number, says: string) => `Line ${line}: ${says}`;
  const text = "passkey\n\npassword + pigeon\nsms";
  const flaws: Record<string, string> = { "/1": "Not known.", "/2": "Not two factors." };
  assert.equal(
    wrongLines(text, (below) => flaws[below], said),
    "Line 3: Not known. Line 4: Not two factors.",
  );
  const whole = (below: string) => (below === "" ? "There are 0 combinations." : undefined);
  assert.equal(wrongLines("", whole, said), "There are 0 combinations.");
  assert.equal(
    wrongLines(text, () => undefined, said),
    undefined,
  );
});
