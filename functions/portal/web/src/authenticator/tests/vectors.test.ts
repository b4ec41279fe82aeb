// The protocol's shared vectors, which the service and the simulator are held to as well.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseCode, showCode } from "../device/code";
import { sign } from "../device/jws";
import { answerClaims, pairingClaims, proofClaims, shownHash } from "../device/messages";
import type { Channel, Prompt, Shown } from "../device/shapes";
import { open } from "./support";

const VECTORS = "../../../shared/device/vectors";

function vectors(name: string) {
  return JSON.parse(readFileSync(`${VECTORS}/${name}.json`, "utf8"));
}

interface Message {
  name: string;
  header: { typ: string; kid: string };
  claims: Record<string, unknown> & { iat: number; jti: string };
  jws: string;
  request?: { htm: string; htu: string; body: string };
}

const P256 = { name: "ECDSA", namedCurve: "P-256" };
const KEY = vectors("key");
const SHOWN: { shown: Shown; hash: string }[] = vectors("shown").cases;

function publicKey(): Promise<CryptoKey> {
  return crypto.subtle.importKey("jwk", KEY.public, P256, true, ["verify"]);
}

/** The claims of `file` that a correct phone sends, each with what our builder makes of the same facts. */
async function ours(file: string, { claims, request }: Message): Promise<Record<string, unknown>> {
  const moment = { iat: claims.iat, jti: claims.jti };
  if (file === "proof") {
    const { htm = "", htu = "", body = "" } = request ?? {};
    return proofClaims(
      { account: String(claims.acc), method: htm, url: htu, body: body || undefined },
      moment,
    );
  }
  if (file === "pairing") {
    const { code, installation, channel, model, language } = claims as unknown as Record<string, string>;
    const facts = { code, installation, channel: channel as unknown as Channel, model, language };
    return {
      ...pairingClaims(facts as never, String(claims.htu), moment),
      capabilities: claims.capabilities,
    };
  }
  const shown = SHOWN.find(({ hash }) => hash === claims.shown)?.shown;
  const prompt = { id: claims.prompt, challenge: claims.challenge, shown } as Prompt;
  const decision =
    claims.decision === "approve"
      ? { decision: "approve" as const, number: String(claims.number) }
      : { decision: "deny" as const, reason: claims.reason as "not_me" };
  return { ...(await answerClaims(String(claims.acc), prompt, decision, moment)), unlocked: claims.unlocked };
}

test("what_was_shown_hashes_as_everywhere", async () => {
  assert.ok(SHOWN.length > 0);
  for (const { shown, hash } of SHOWN) assert.equal(await shownHash(shown), hash);
});

test("a_code_means_the_same_as_everywhere", () => {
  const cases: { typed: string; canonical: string | null; shown: string | null }[] = vectors("code").cases;
  assert.ok(cases.length > 0);
  for (const { typed, canonical, shown } of cases) {
    assert.equal(parseCode(typed) ?? null, canonical, typed);
    if (canonical) assert.equal(showCode(canonical), shown);
  }
});

for (const file of ["pairing", "proof", "answer"]) {
  test(`every_accepted_${file}_verifies_and_is_what_we_would_have_sent`, async () => {
    const key = await publicKey();
    const messages: Message[] = vectors(file).accepted;
    assert.ok(messages.length > 0);
    for (const message of messages) {
      const { header, claims } = await open(message.jws, key);
      assert.deepEqual(header, message.header, message.name);
      assert.deepEqual(claims, message.claims, message.name);
      assert.deepEqual(await ours(file, message), message.claims, message.name);
    }
  });
}

test("what_we_sign_with_the_vectors_key_verifies_with_its_public_half", async () => {
  const key = await crypto.subtle.importKey("jwk", KEY.private_for_tests_only, P256, false, ["sign"]);
  const message: Message = vectors("answer").accepted[0];
  const { typ, kid } = message.header;
  const { header, claims } = await open(await sign(key, { typ, kid }, message.claims), await publicKey());
  assert.deepEqual({ header, claims }, { header: message.header, claims: message.claims });
});
