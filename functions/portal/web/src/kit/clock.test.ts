// A countdown's start.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutSkew } from "./clock";
import { minutesAndSeconds } from "./minutes";

test("a countdown does not start above the round time that was meant", () => {
  const cases: [number, string][] = [
    [120, "2:00"],
    [120.4, "2:00"],
    [122.3, "2:00"],
    [119.2, "2:00"],
    [117.5, "1:58"],
    [601.5, "10:00"],
    [31.2, "0:30"],
    [2.4, "0:03"],
    [0, "0:00"],
  ];
  for (const [left, shown] of cases) assert.equal(minutesAndSeconds(withoutSkew(left)), shown, String(left));
});
