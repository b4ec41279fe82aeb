// The three messages of the protocol, as the service must find them.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { sign, TYPE } from "../device/jws";
import { answerClaims, pairingClaims, proofClaims, shownHash } from "../device/messages";
import type { Prompt } from "../device/shapes";
import { keyPair, open } from "./support";

const MOMENT = { iat: 1_795_539_600, jti: "AAAAAAAAAAAAAAAAAAAAAA" };
const SHOWN = {
  app: "Security info",
  place: "Lisbon, PT",
  browser: "Firefox on Linux",
  address: "203.0.113.9",
  at: "2026-11-24T17:00:00Z",
};
const PROMPT: Prompt = {
  id: "prm_1",
  purpose: "sign_in",
  challenge: "Y2hhbGxlbmdl",
  numberLength: 2,
  shown: SHOWN,
  createdAt: SHOWN.at,
  expiresAt: "2026-11-24T17:02:00Z",
};

test("a_signature_is_64_bytes_and_its_header_says_what_it_is_for", async () => {
  const { privateKey, publicKey } = await keyPair();
  const jws = await sign(privateKey, { typ: TYPE.proof, kid: "aut_1" }, { acc: "acc_1" });
  assert.deepEqual(await open(jws, publicKey), {
    header: { alg: "ES256", typ: "countersign-proof+jwt", kid: "aut_1" },
    claims: { acc: "acc_1" },
  });
});

test("the_shown_hash_binds_every_line", async () => {
  const text =
    "countersign-shown-v1\nSecurity info\nLisbon, PT\nFirefox on Linux\n203.0.113.9\n2026-11-24T17:00:00Z";
  const expected = createHash("sha256").update(text).digest("base64url");
  assert.equal(await shownHash(SHOWN), expected);
  for (const field of ["app", "place", "browser", "address", "at"] as const) {
    assert.notEqual(await shownHash({ ...SHOWN, [field]: "other" }), expected, field);
  }
});

test("an_approval_carries_the_number_and_no_reason", async () => {
  const claims = await answerClaims("acc_1", PROMPT, { decision: "approve", number: "07" }, MOMENT);
  assert.deepEqual(claims, {
    acc: "acc_1",
    prompt: "prm_1",
    challenge: "Y2hhbGxlbmdl",
    decision: "approve",
    number: "07",
    shown: await shownHash(SHOWN),
    unlocked: false,
    ...MOMENT,
  });
});

test("a_denial_carries_a_reason_and_no_number", async () => {
  const claims = await answerClaims("acc_1", PROMPT, { decision: "deny", reason: "not_me" }, MOMENT);
  assert.equal(claims.decision === "deny" && claims.reason, "not_me");
  assert.equal("number" in claims, false);
});

test("a_proof_hashes_the_body_only_when_there_is_one", async () => {
  const url = "https://id.example.org/device/v1/channel";
  const without = await proofClaims({ account: "acc_1", method: "GET", url }, MOMENT);
  assert.deepEqual(without, { acc: "acc_1", htm: "GET", htu: url, ...MOMENT });
  const body = '{"channel":{"kind":"none"}}';
  const claims = await proofClaims({ account: "acc_1", method: "PUT", url, body }, MOMENT);
  assert.equal("bsh" in claims && claims.bsh, createHash("sha256").update(body).digest("base64url"));
});

test("a_pairing_says_what_this_phone_can_do", () => {
  const claims = pairingClaims(
    {
      code: "K7QXM4TRPA",
      installation: "inst",
      channel: { kind: "none" },
      model: "Chrome on Android",
      language: "en",
    },
    "https://id.example.org/device/v1/pairings",
    MOMENT,
  );
  assert.deepEqual(Object.keys(claims).sort(), [
    "capabilities",
    "channel",
    "code",
    "htu",
    "iat",
    "installation",
    "jti",
    "language",
    "model",
  ]);
  assert.deepEqual(claims.capabilities, ["number_matching"]);
});
