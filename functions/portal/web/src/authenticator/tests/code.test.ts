// Pairing codes, however they arrive.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cleanCode,
  codeFromFragment,
  parseCode,
  readScanned,
  showCode,
  strangeCharacters,
} from "../device/code";
import { pairing } from "../texts/en/pairing";

const ORIGIN = "https://id.example.org";

test("dashes_spaces_and_case_do_not_matter", () => {
  for (const typed of ["K7QXM4TRPA", "k7qxm-4trpa", " k7qxm 4trpa ", "K7QXM–4TRPA", "k 7 q x m 4 t r p a"]) {
    assert.equal(parseCode(typed), "K7QXM4TRPA", typed);
    assert.equal(cleanCode(typed), "K7QXM4TRPA", typed);
  }
});

test("a_text_that_is_not_a_whole_code_is_none", () => {
  for (const typed of ["", "K7QXM", "K7QXM4TRPAB", "K7QXM4TRP0", "K7QXM4TRPI", "K7QXM4TRP!"]) {
    assert.equal(parseCode(typed), undefined, typed);
  }
});

test("typing_keeps_what_can_be_part_of_a_code", () => {
  assert.equal(cleanCode("k7qxm-4t"), "K7QXM4T");
  assert.equal(cleanCode("k7qxm4trpabcd"), "K7QXM4TRPA");
  assert.equal(showCode("K7QXM4T"), "K7QXM-4T");
  assert.equal(showCode("K7QXM"), "K7QXM");
});

test("characters_that_no_code_has_are_named_once", () => {
  assert.deepEqual(strangeCharacters("0K-oO1 7"), ["0", "O", "1"]);
});

test("a_link_carries_its_code_in_the_fragment", () => {
  assert.equal(codeFromFragment("#pair=K7QXM-4TRPA"), "K7QXM4TRPA");
  assert.equal(codeFromFragment("#pair=nope"), undefined);
  assert.equal(codeFromFragment("#/settings"), undefined);
});

test("a_scan_follows_only_its_own_service", () => {
  assert.deepEqual(readScanned(`${ORIGIN}/authenticator#pair=K7QXM4TRPA`, ORIGIN), {
    kind: "code",
    code: "K7QXM4TRPA",
  });
  assert.deepEqual(readScanned("K7QXM-4TRPA", ORIGIN), { kind: "code", code: "K7QXM4TRPA" });
  assert.deepEqual(readScanned("https://evil.example/authenticator#pair=K7QXM4TRPA", ORIGIN), {
    kind: "other_service",
    host: "evil.example",
  });
  for (const text of ["hello", "javascript:alert(1)#pair=K7QXM4TRPA", ORIGIN]) {
    assert.deepEqual(readScanned(text, ORIGIN), { kind: "unknown" }, text);
  }
});

test("a_setup_code_of_a_site_is_told_apart", () => {
  for (const text of ["otpauth://totp/x?secret=ABC", "OTPAUTH://TOTP/X", " otpauth://hotp/x"]) {
    assert.deepEqual(readScanned(text, ORIGIN), { kind: "otpauth" }, text);
  }
});

test("what a code never contains is said once", () => {
  const said = pairing.type.strange(strangeCharacters("K0O1I"));
  assert.equal(said, "Pairing codes never contain 0, O, 1 or I: compare with your Security info page.");
});
