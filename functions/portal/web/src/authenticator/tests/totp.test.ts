// One-time codes against the standards' vectors, which are the files that the service is held to as well.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { importSecret } from "../codes/secret";
import { type Algorithm, codeOf, groupedCode, secondsLeft, stepAt } from "../codes/totp";
import { utf8 } from "../device/bytes";

const VECTORS = "../../../shared/domain/src/methods/vectors";
const ALGORITHMS: Record<string, Algorithm> = { SHA1: "SHA-1", SHA256: "SHA-256", SHA512: "SHA-512" };

function rows(name: string): string[][] {
  const lines = readFileSync(`${VECTORS}/${name}.csv`, "utf8").trim().split("\n");
  return lines.filter((line) => !line.startsWith("#")).map((line) => line.split(","));
}

test("the_vectors_of_rfc_4226_are_the_codes_of_their_counters", async () => {
  const key = await importSecret(utf8("12345678901234567890"), "SHA-1");
  const vectors = rows("rfc4226");
  assert.equal(vectors.length, 10);
  for (const [counter, code] of vectors) assert.equal(await codeOf(key, Number(counter), 6), code);
});

test("the_vectors_of_rfc_6238_are_the_codes_of_their_times", async () => {
  const vectors = rows("rfc6238");
  assert.equal(vectors.length, 18);
  for (const [time, code, hash = "", secret = ""] of vectors) {
    const key = await importSecret(utf8(secret), ALGORITHMS[hash] as Algorithm);
    const step = stepAt(Number(time) * 1000, 30);
    assert.equal(await codeOf(key, step, 8), code, `${time} ${hash}`);
  }
});

test("a_secret_cannot_be_read_out_of_its_key", async () => {
  const key = await importSecret(utf8("12345678901234567890"), "SHA-1");
  assert.equal(key.extractable, false);
  assert.deepEqual(key.usages, ["sign"]);
  await assert.rejects(crypto.subtle.exportKey("raw", key));
  await assert.rejects(crypto.subtle.exportKey("jwk", key));
});

test("a_step_ends_where_the_next_begins", () => {
  assert.deepEqual([stepAt(29_999, 30), stepAt(30_000, 30), stepAt(59_999, 60)], [0, 1, 0]);
  assert.deepEqual(
    [0, 999, 1_000, 29_999, 30_000].map((now) => secondsLeft(now, 30)),
    [30, 30, 29, 1, 30],
  );
});

test("codes_are_read_in_two_groups", () => {
  assert.equal(groupedCode("012345"), "012 345");
  assert.equal(groupedCode("01234567"), "0123 4567");
});
