// Setup codes of sites: what is read from them, and what is refused with which words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase32 } from "../codes/base32";
import { cleanName, readOtpauth, readSecret } from "../codes/otpauth";
import { parseRoute } from "../route";

const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/** What was read, with the number of the secret's bytes in place of them. */
function read(uri: string) {
  const found = readOtpauth(uri);
  return found.ok ? { ...found.value, secret: found.value.secret.length } : found.refusal;
}

const USUAL = { algorithm: "SHA-1", digits: 6, period: 30, secret: 20 };

test("what_a_setup_code_says_is_read", () => {
  const cases: [string, object][] = [
    [`totp/Example:ada?secret=${SECRET}&issuer=Example`, { ...USUAL, issuer: "Example", name: "ada" }],
    [`totp/Example%3A%20ada?secret=${SECRET}`, { ...USUAL, issuer: "Example", name: "ada" }],
    [`totp/ada@example.org?secret=${SECRET}`, { ...USUAL, issuer: "", name: "ada@example.org" }],
    [`totp/?secret=${SECRET}&issuer=Example`, { ...USUAL, issuer: "Example", name: "" }],
    [`totp?secret=${SECRET}`, { ...USUAL, issuer: "", name: "" }],
    [`TOTP/Old:ada?secret=${SECRET.toLowerCase()}&issuer=New`, { ...USUAL, issuer: "New", name: "ada" }],
    [
      `totp/ACME%20Co:j%C3%B6rg?secret=${SECRET}&issuer=ACME%20Co&algorithm=SHA512&digits=8&period=60`,
      { algorithm: "SHA-512", digits: 8, period: 60, secret: 20, issuer: "ACME Co", name: "jörg" },
    ],
    [
      `totp/x?period=60&algorithm=sha-256&secret=${SECRET}`,
      { ...USUAL, algorithm: "SHA-256", period: 60, issuer: "", name: "x" },
    ],
    [
      `totp/x?secret=${SECRET}&image=https%3A%2F%2Fexample.org%2Fa.png#x`,
      { ...USUAL, issuer: "", name: "x" },
    ],
  ];
  for (const [rest, expected] of cases) assert.deepEqual(read(`otpauth://${rest}`), expected, rest);
});

test("what_is_not_valid_is_refused_by_its_reason", () => {
  const cases: [string, object][] = [
    ["https://example.org/", { why: "not_otpauth" }],
    [`otpauth:totp/x?secret=${SECRET}`, { why: "not_otpauth" }],
    [`otpauth://hotp/x?secret=${SECRET}&counter=0`, { why: "counter" }],
    [`otpauth://yaotp/x?secret=${SECRET}`, { why: "type" }],
    [`otpauth:///x?secret=${SECRET}`, { why: "type" }],
    [`otpauth://totp/%E0%A4%A?secret=${SECRET}`, { why: "damaged" }],
    ["otpauth://totp/x", { why: "no_secret" }],
    ["otpauth://totp/x?secret=", { why: "no_secret" }],
    ["otpauth://totp/x?secret=JBSWY3DPEHPK3P01", { why: "strange_secret", characters: ["0", "1"] }],
    ["otpauth://totp/x?secret=JBSWY3DP", { why: "short_secret" }],
    [`otpauth://totp/x?secret=${SECRET}A`, { why: "cut_secret" }],
    [`otpauth://totp/x?secret=${SECRET}&algorithm=MD5`, { why: "algorithm", given: "MD5" }],
    [`otpauth://totp/x?secret=${SECRET}&algorithm=constructor`, { why: "algorithm", given: "constructor" }],
    [`otpauth://totp/x?secret=${SECRET}&digits=7`, { why: "digits", given: "7" }],
    [`otpauth://totp/x?secret=${SECRET}&digits=06`, { why: "digits", given: "06" }],
    [`otpauth://totp/x?secret=${SECRET}&period=0`, { why: "period", given: "0" }],
    [`otpauth://totp/x?secret=${SECRET}&period=1.5`, { why: "period", given: "1.5" }],
    [`otpauth://totp/x?secret=${SECRET}&period=-30`, { why: "period", given: "-30" }],
    [`otpauth://totp/x?secret=${SECRET}&period=3600`, { why: "period", given: "3600" }],
  ];
  for (const [uri, expected] of cases) assert.deepEqual(read(uri), expected, uri);
});

/** RFC 4648 §10, by their text. */
test("the_vectors_of_rfc_4648_are_read", () => {
  const vectors: Record<string, string> = {
    "": "",
    "MY======": "f",
    "MZXQ====": "fo",
    "MZXW6===": "foo",
    "MZXW6YQ=": "foob",
    MZXW6YTB: "fooba",
    "MZXW6YTBOI======": "foobar",
  };
  for (const [text, plain] of Object.entries(vectors)) {
    const bytes = fromBase32(text);
    assert.ok(bytes, text);
    assert.equal(new TextDecoder().decode(bytes), plain, text);
  }
});

test("spaces_dashes_case_and_padding_of_a_secret_do_not_matter", () => {
  const plain = readSecret(SECRET);
  assert.ok(plain.ok);
  const typed = [
    "jbsw y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp",
    ` ${SECRET.slice(0, 16)}-${SECRET.slice(16)} `,
    `${SECRET}====`,
  ];
  for (const text of typed) assert.deepEqual(readSecret(text), plain, text);
  // "ß" is not the "SS" that it turns into elsewhere.
  assert.deepEqual(readSecret(`${SECRET}ßß`), {
    ok: false,
    refusal: { why: "strange_secret", characters: ["ß"] },
  });
});

test("a_name_cannot_disturb_what_stands_beside_it", () => {
  assert.equal(cleanName(" a\u0000b\n\u202ec  d "), "a b c d");
  assert.equal(Array.from(cleanName("𝒳".repeat(100))).length, 64);
});

test("a_setup_code_is_in_no_address", () => {
  assert.deepEqual(parseRoute("#/add-code"), { screen: "add-code" });
  assert.deepEqual(parseRoute("#/code/AbC"), { screen: "code", id: "AbC" });
  assert.deepEqual(parseRoute("#/code"), { screen: "home" });
});
