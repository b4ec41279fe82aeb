// The beginning of a line.
import assert from "node:assert/strict";
import { test } from "node:test";
import { beginning } from "./sentence";

test("what is not known begins a line with a capital, and names stay as they are written", () => {
  assert.equal(beginning("unknown place"), "Unknown place");
  assert.equal(beginning("unknown address"), "Unknown address");
  for (const name of ["Lisbon, PT", "den Haag, NL", "fe80::1", "qutebrowser on Linux", ""]) {
    assert.equal(beginning(name), name);
  }
});
