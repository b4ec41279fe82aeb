// The client against a service's answers: proofs, clocks and refusals.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { answer, clientWith, keyPair, NOW, ORIGIN, open } from "./support";

const PROMPTS = { prompts: [], poll_after_ms: 2000 };
const HOUR = 3_600_000;

async function signer() {
  const { privateKey, publicKey } = await keyPair();
  return { publicKey, signer: { accountId: "acc_1", authenticatorId: "aut_1", key: privateKey } };
}

async function proofOf(seen: { headers: Headers } | undefined, key: CryptoKey) {
  return open(seen?.headers.get("countersign-proof") ?? "", key);
}

test("every_request_carries_its_own_proof", async () => {
  const { signer: who, publicKey } = await signer();
  const { client, seen } = clientWith([answer(200, PROMPTS), answer(204)]);
  await client.prompts(who);
  await client.setChannel(who, { kind: "none" });
  const first = await proofOf(seen[0], publicKey);
  assert.deepEqual(first.header, { alg: "ES256", typ: "countersign-proof+jwt", kid: "aut_1" });
  assert.deepEqual(first.claims, {
    acc: "acc_1",
    htm: "GET",
    htu: `${ORIGIN}/device/v1/prompts`,
    iat: NOW / 1000,
    jti: "jti-1",
  });
  const second = await proofOf(seen[1], publicKey);
  assert.equal(second.claims.jti, "jti-2");
  assert.equal(
    second.claims.bsh,
    createHash("sha256")
      .update(seen[1]?.body ?? "")
      .digest("base64url"),
  );
  assert.equal(seen[1]?.headers.get("content-type"), "application/json");
});

test("a_wrong_clock_is_corrected_once_by_the_date_and_the_request_sent_again", async () => {
  const { signer: who, publicKey } = await signer();
  const stale = answer(401, { code: "device.proof_invalid" }, { date: new Date(NOW + HOUR).toUTCString() });
  const { client, clock, seen } = clientWith([stale, answer(200, PROMPTS)]);
  const reply = await client.prompts(who);
  assert.equal(reply.ok, true);
  assert.equal(seen.length, 2);
  assert.equal((await proofOf(seen[1], publicKey)).claims.iat, (NOW + HOUR) / 1000);
  assert.equal(clock.correction, HOUR);
});

test("a_proof_that_was_refused_is_made_anew_once", async () => {
  const { signer: who, publicKey } = await signer();
  const refused = () => answer(401, { code: "device.proof_invalid" }, { date: new Date(NOW).toUTCString() });
  const { client, seen } = clientWith([refused(), refused()]);
  const reply = await client.prompts(who);
  assert.equal(!reply.ok && reply.problem.code, "device.proof_invalid");
  assert.equal(seen.length, 2);
  const ids = [await proofOf(seen[0], publicKey), await proofOf(seen[1], publicKey)].map(
    ({ claims }) => claims.jti,
  );
  assert.deepEqual(ids, ["jti-1", "jti-2"]);
});

test("another_refusal_is_not_sent_again_while_the_clock_is_right", async () => {
  const { signer: who } = await signer();
  const { client, seen } = clientWith([
    answer(401, { code: "device.signature_invalid" }, { date: new Date(NOW).toUTCString() }),
  ]);
  const reply = await client.prompts(who);
  assert.equal(!reply.ok && reply.problem.code, "device.signature_invalid");
  assert.equal(seen.length, 1);
});

test("the_configuration_teaches_the_time_before_anything_is_signed", async () => {
  const configuration = { protocol: 1, organization: "Example", vapid_public_key: "BPx", help_url: null };
  const { client, clock } = clientWith([
    answer(200, configuration, { date: new Date(NOW - HOUR).toUTCString(), age: "60" }),
  ]);
  const reply = await client.configuration();
  assert.deepEqual(reply, {
    ok: true,
    value: { organization: "Example", vapidKey: "BPx", helpUrl: undefined },
  });
  assert.equal(clock.correction, 60_000 - HOUR);
});

test("an_answer_sent_twice_is_the_same_message", async () => {
  const { signer: who, publicKey } = await signer();
  const { client, seen } = clientWith([new Error("offline"), answer(200, { outcome: "approved" })]);
  const prompt = {
    id: "prm_1",
    purpose: "sign_in",
    challenge: "c",
    numberLength: 2,
    shown: { app: "a", place: "b", browser: "c", address: "d", at: "e" },
    createdAt: "",
    expiresAt: "",
  } as const;
  const signed = await client.signAnswer(who, prompt, { decision: "approve", number: "47" });
  assert.equal((await client.sendAnswer(who, prompt, signed)).ok, false);
  assert.deepEqual(await client.sendAnswer(who, prompt, signed), { ok: true, value: "approved" });
  assert.equal(seen[0]?.body, seen[1]?.body);
  assert.equal(
    (await open(JSON.parse(seen[0]?.body ?? "").answer, publicKey)).header.typ,
    "countersign-answer+jwt",
  );
  assert.notEqual(
    (await proofOf(seen[0], publicKey)).claims.jti,
    (await proofOf(seen[1], publicKey)).claims.jti,
  );
});

test("refusals_and_silence_are_values", async () => {
  const { signer: who } = await signer();
  const { client } = clientWith([
    answer(410, { code: "device.removed", detail: "gone", fix: "pair again" }),
    answer(429, { code: "attempts.exhausted" }, { "retry-after": "30" }),
    new Error("offline"),
    new Response("<!doctype html>", { status: 200, headers: { "content-type": "text/html" } }),
    answer(200, { prompts: [{ purpose: "party" }] }),
  ]);
  const codes = [];
  for (let index = 0; index < 5; index += 1) {
    const reply = await client.prompts(who);
    codes.push(
      reply.ok
        ? "ok"
        : `${reply.problem.status} ${reply.problem.code} ${reply.problem.retryAfterMs ?? ""}`.trim(),
    );
  }
  assert.deepEqual(codes, [
    "410 device.removed",
    "429 attempts.exhausted 30000",
    "0 network.unreachable",
    "0 network.unreachable",
    "200 service.failed",
  ]);
});

test("a_pairing_is_signed_by_the_key_that_it_brings", async () => {
  const { privateKey, publicKey } = await keyPair();
  const { x = "", y = "" } = await crypto.subtle.exportKey("jwk", publicKey);
  const paired = {
    account_id: "acc_1",
    authenticator_id: "aut_1",
    organization: "Example",
    user_name: "ada",
    display_name: "Ada",
    replaces_added_at: null,
  };
  const { client, seen } = clientWith([answer(201, paired)]);
  const reply = await client.pair(
    privateKey,
    { kty: "EC", crv: "P-256", x, y },
    {
      code: "K7QXM4TRPA",
      installation: "i",
      channel: { kind: "none" },
      model: "m",
      language: "en",
    },
  );
  assert.equal(reply.ok && reply.value.authenticatorId, "aut_1");
  const { header, claims } = await open(JSON.parse(seen[0]?.body ?? "").pairing, publicKey);
  assert.deepEqual(header, {
    alg: "ES256",
    typ: "countersign-pairing+jwt",
    jwk: { kty: "EC", crv: "P-256", x, y },
  });
  assert.equal(claims.htu, `${ORIGIN}/device/v1/pairings`);
  assert.equal(seen[0]?.headers.has("countersign-proof"), false);
});
