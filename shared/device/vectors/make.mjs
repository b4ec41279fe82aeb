// Makes the vectors: `node make.mjs` in this folder. Signatures differ on each run (ECDSA draws a nonce); what they say does not.
// It shares no code with the Rust client, so the two check each other.
import { createECDH, createHash, createHmac, createPrivateKey, sign } from "node:crypto";
import { writeFileSync } from "node:fs";

const b64 = (data) => Buffer.from(data).toString("base64url");
const sha = (data) => createHash("sha256").update(data).digest();
const fill = (seed, length) => b64(sha(seed).subarray(0, length));
const write = (name, value) => writeFileSync(new URL(`${name}.json`, import.meta.url), `${JSON.stringify(value, null, 2)}\n`);

function makeKey(seed) {
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(sha(seed));
  const point = ecdh.getPublicKey();
  const jwk = { kty: "EC", crv: "P-256", x: b64(point.subarray(1, 33)), y: b64(point.subarray(33)) };
  const secret = { ...jwk, d: b64(ecdh.getPrivateKey()) };
  const handle = createPrivateKey({ key: secret, format: "jwk" });
  const thumbprint = b64(sha(JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y })));
  return { jwk, secret, handle, thumbprint, pkcs8: b64(handle.export({ type: "pkcs8", format: "der" })) };
}

const key = makeKey("countersign test vectors: the phone");
const other = makeKey("countersign test vectors: another phone");
const NOW = "2026-11-24T17:00:00Z";
const iat = Date.parse(NOW) / 1000;
const origin = "https://mfa.example";
const acc = "acc_01KAVXGA00000000000000000A";
const kid = "aut_01KAVXGA00000000000000000B";
const prompt = "prm_01KAVXGA00000000000000000C";

const parts = (header, claims) => `${b64(JSON.stringify(header))}.${b64(JSON.stringify(claims))}`;
function jws(header, claims, handle = key.handle) {
  const text = parts(header, claims);
  return `${text}.${b64(sign("sha256", Buffer.from(text), { key: handle, dsaEncoding: "ieee-p1363" }))}`;
}
const good = (name, header, claims, more = {}) => ({ name, header, claims, ...more, jws: jws(header, claims) });
const bad = (name, text, more = {}) => ({ name, ...more, jws: text });
const without = (object, field) => Object.fromEntries(Object.entries(object).filter(([name]) => name !== field));

/** The refusals that every kind of message shares. */
function refused(header, claims) {
  const valid = jws(header, claims);
  const [head, payload, signature] = valid.split(".");
  const hmac = (alg) => {
    const text = parts({ ...header, alg }, claims);
    const point = Buffer.concat([Buffer.from([4]), Buffer.from(key.jwk.x, "base64url"), Buffer.from(key.jwk.y, "base64url")]);
    return `${text}.${b64(createHmac("sha256", point).update(text).digest())}`;
  };
  return [
    bad("a typ of another kind", jws({ ...header, typ: "JWT" }, claims)),
    bad("no typ", jws(without(header, "typ"), claims)),
    bad("alg none", `${parts({ ...header, alg: "none" }, claims)}.`),
    bad("alg none with a signature", `${parts({ ...header, alg: "none" }, claims)}.${signature}`),
    bad("alg HS256 keyed by the public key", hmac("HS256")),
    bad("alg ES384 in the header", jws({ ...header, alg: "ES384" }, claims)),
    bad("a jku header", jws({ ...header, jku: "https://evil.example/keys" }, claims)),
    bad("an x5u header", jws({ ...header, x5u: "https://evil.example/cert" }, claims)),
    bad("a crit header", jws({ ...header, crit: ["b64"], b64: false }, claims)),
    bad("signed by another key", jws(header, claims, other.handle)),
    bad("a truncated signature", valid.slice(0, -4)),
    bad("no signature", `${head}.${payload}.`),
    bad("a DER signature", `${head}.${payload}.${b64(sign("sha256", Buffer.from(`${head}.${payload}`), key.handle))}`),
    bad("a changed claim", `${head}.${b64(JSON.stringify({ ...claims, iat: claims.iat - 1 }))}.${signature}`),
    bad("91 seconds old", jws(header, { ...claims, iat: iat - 91 })),
    bad("91 seconds ahead", jws(header, { ...claims, iat: iat + 91 })),
    bad("over 8 kB", jws(header, { ...claims, padding: "x".repeat(8192) })),
    bad("four parts", `${valid}.${signature}`),
    bad("two parts", `${head}.${payload}`),
    bad("padding", `${valid}==`),
    bad("nothing", ""),
  ];
}

const head = (kind) => ({ alg: "ES256", typ: `countersign-${kind}+jwt`, ...(kind === "pairing" ? { jwk: key.jwk } : { kid }) });

// key.json
write("key", {
  about: "A phone's key. The private forms are for tests only; they protect nothing.",
  public: key.jwk,
  thumbprint: key.thumbprint,
  private_for_tests_only: key.secret,
  pkcs8_for_tests_only: key.pkcs8,
  other_public: other.jwk,
  other_thumbprint: other.thumbprint,
  other_pkcs8_for_tests_only: other.pkcs8,
});

// code.json
write("code", {
  about: "What a member types, and the code that it means; null where it is none.",
  cases: [
    ["7K3MQ9XW2A", "7K3MQ9XW2A"], ["7K3MQ-9XW2A", "7K3MQ9XW2A"], ["7k3mq-9xw2a", "7K3MQ9XW2A"], [" 7k3m q9xw 2a ", "7K3MQ9XW2A"],
    ["--7K3MQ--9XW2A--", "7K3MQ9XW2A"], ["ZZZZZZZZZZ", "ZZZZZZZZZZ"], ["23456789AB", "23456789AB"],
    ["", null], ["-", null], ["7K3MQ9XW2", null], ["7K3MQ9XW2AA", null], ["0K3MQ9XW2A", null], ["1K3MQ9XW2A", null],
    ["IK3MQ9XW2A", null], ["OK3MQ9XW2A", null], ["7K3MQ_9XW2A", null], ["ıK3MQ9XW2A", null], ["７K3MQ9XW2A", null], ["ß23456789", null],
  ].map(([typed, canonical]) => ({ typed, canonical, shown: canonical && `${canonical.slice(0, 5)}-${canonical.slice(5)}` })),
});

// shown.json
const shown = { app: "Security info", place: "Lisbon, PT", browser: "Firefox on Linux", address: "203.0.113.9", at: NOW };
const hashed = (value) => {
  const text = ["countersign-shown-v1", value.app, value.place, value.browser, value.address, value.at].join("\n");
  return { shown: value, text, hash: b64(sha(text)) };
};
write("shown", {
  about: "What a member was shown, the text that is hashed (UTF-8) and its SHA-256.",
  cases: [
    hashed(shown),
    hashed({ app: "Éditeur 日本", place: "", browser: "", address: "2001:db8::1", at: "2026-11-24T17:00:00.123Z" }),
  ],
});

// pairing.json
const pairing = {
  code: "7K3MQ9XW2A", htu: `${origin}/device/v1/pairings`, iat, jti: fill("jti 1", 16), installation: fill("installation", 16),
  channel: { kind: "none" }, model: "Pixel 9", language: "pt-BR", capabilities: ["number_matching", "unlock"],
};
const push = { kind: "web_push", endpoint: "https://push.example/send/abc", p256dh: b64(Buffer.concat([Buffer.from([4]), sha("x"), sha("y")])), auth: fill("auth", 16) };
const sent = (claims) => jws(head("pairing"), claims);
write("pairing", {
  about: "Pairings, checked at `now` for `htu`.",
  now: NOW, htu: pairing.htu,
  accepted: [
    good("a phone that only polls", head("pairing"), pairing),
    good("a phone with web push", head("pairing"), { ...pairing, channel: push }),
    good("a phone with APNs", head("pairing"), { ...pairing, channel: { kind: "apns", token: "740f4707bebcf74f9b7c25d48e335894" } }),
    good("a phone with FCM", head("pairing"), { ...pairing, channel: { kind: "fcm", token: "cY:APA91b-x_1" } }),
    good("a clock 90 seconds behind", head("pairing"), { ...pairing, iat: iat - 90 }),
    good("a clock 90 seconds ahead", head("pairing"), { ...pairing, iat: iat + 90 }),
    good("a capability that nobody knows", head("pairing"), { ...pairing, capabilities: ["teleport"] }),
  ],
  refused: [
    ...refused(head("pairing"), pairing),
    bad("a kid", jws({ ...head("pairing"), kid }, pairing)),
    bad("no jwk", jws(without(head("pairing"), "jwk"), pairing)),
    bad("a jwk with its private part", jws({ ...head("pairing"), jwk: key.secret }, pairing)),
    bad("a jwk of another curve", jws({ ...head("pairing"), jwk: { ...key.jwk, crv: "P-384" } }, pairing)),
    bad("a jwk off the curve", jws({ ...head("pairing"), jwk: { ...key.jwk, y: key.jwk.x } }, pairing)),
    bad("for another server", sent({ ...pairing, htu: "https://evil.example/device/v1/pairings" })),
    bad("an endpoint_arn", sent({ ...pairing, channel: { kind: "fcm", token: "a", endpoint_arn: "arn:aws:sns:eu-west-1:1:endpoint/x" } }), { refusal: "channel" }),
    bad("an http endpoint", sent({ ...pairing, channel: { ...push, endpoint: "http://push.example/" } }), { refusal: "channel" }),
    bad("a channel of no known kind", sent({ ...pairing, channel: { kind: "pigeon" } }), { refusal: "malformed" }),
    bad("an unknown claim", sent({ ...pairing, admin: true }), { refusal: "malformed" }),
    bad("a code with a letter that is none of a code", sent({ ...pairing, code: "OK3MQ9XW2A" }), { refusal: "malformed" }),
    bad("a model of 65 characters", sent({ ...pairing, model: "m".repeat(65) }), { refusal: "malformed" }),
    bad("a model with a line break", sent({ ...pairing, model: "a\nb" }), { refusal: "malformed" }),
    bad("an installation of 15 bytes", sent({ ...pairing, installation: fill("installation", 15) }), { refusal: "malformed" }),
    bad("a language of 36 characters", sent({ ...pairing, language: "a".repeat(36) }), { refusal: "malformed" }),
    bad("17 capabilities", sent({ ...pairing, capabilities: Array(17).fill("unlock") }), { refusal: "malformed" }),
    bad("no iat", sent(without(pairing, "iat")), { refusal: "malformed" }),
    bad("an iat with a fraction", sent({ ...pairing, iat: iat + 0.5 }), { refusal: "malformed" }),
  ],
});

// proof.json
const list = { acc, htm: "GET", htu: `${origin}/device/v1/prompts`, iat, jti: fill("jti 2", 16) };
const body = JSON.stringify({ channel: { kind: "none" } });
const renew = { acc, htm: "PUT", htu: `${origin}/device/v1/channel`, iat, jti: fill("jti 3", 16), bsh: b64(sha(body)) };
const get = { htm: list.htm, htu: list.htu, body: "" };
const put = { htm: renew.htm, htu: renew.htu, body };
write("proof", {
  about: "Proofs, checked at `now` for a request of `htm`, `htu` and `body` (UTF-8; empty: none).",
  now: NOW, account_id: acc, authenticator_id: kid,
  accepted: [
    good("a request without a body", head("proof"), list, { request: get }),
    good("a request with a body", head("proof"), renew, { request: put }),
    good("a clock 90 seconds behind", head("proof"), { ...list, iat: iat - 90 }, { request: get }),
  ],
  refused: [
    ...refused(head("proof"), list).map((one) => ({ ...one, request: get })),
    bad("a key in the header", jws({ ...head("proof"), jwk: key.jwk }, list), { request: get }),
    bad("no kid", jws(without(head("proof"), "kid"), list), { request: get }),
    bad("an answer's typ", jws({ ...head("proof"), typ: "countersign-answer+jwt" }, list), { request: get }),
    bad("another method", jws(head("proof"), { ...list, htm: "DELETE" }), { request: get }),
    bad("a method in lower case", jws(head("proof"), { ...list, htm: "get" }), { request: get }),
    bad("another path", jws(head("proof"), { ...list, htu: `${origin}/device/v1/device` }), { request: get }),
    bad("another origin", jws(head("proof"), { ...list, htu: "https://evil.example/device/v1/prompts" }), { request: get }),
    bad("a body hash of another body", jws(head("proof"), { ...renew, bsh: b64(sha("{}")) }), { request: put }),
    bad("no body hash for a body", jws(head("proof"), without(renew, "bsh")), { request: put }),
    bad("a body hash without a body", jws(head("proof"), { ...list, bsh: b64(sha("")) }), { request: get }),
    bad("an unknown claim", jws(head("proof"), { ...list, admin: true }), { request: get }),
    bad("a jti of 8 bytes", jws(head("proof"), { ...list, jti: fill("jti", 8) }), { request: get }),
  ],
});

// answer.json
const answer = {
  acc, prompt, challenge: fill("challenge", 32), decision: "approve", number: "07", shown: hashed(shown).hash, unlocked: true, iat,
  jti: fill("jti 4", 16),
};
const deny = (reason) => ({ ...without(answer, "number"), decision: "deny", reason });
const say = (claims) => jws(head("answer"), claims);
write("answer", {
  about: "Answers, checked at `now`.",
  now: NOW, account_id: acc, authenticator_id: kid,
  accepted: [
    good("approve", head("answer"), answer),
    good("deny: not me", head("answer"), deny("not_me")),
    good("deny: changed mind", head("answer"), { ...deny("changed_mind"), unlocked: false }),
  ],
  refused: [
    ...refused(head("answer"), answer),
    bad("a key in the header", jws({ ...head("answer"), jwk: key.jwk }, answer)),
    bad("a proof's typ", jws({ ...head("answer"), typ: "countersign-proof+jwt" }, answer)),
    bad("approve without a number", say(without(answer, "number")), { refusal: "malformed" }),
    bad("approve with a reason", say({ ...answer, reason: "not_me" }), { refusal: "malformed" }),
    bad("a number that is no text", say({ ...answer, number: 7 }), { refusal: "malformed" }),
    bad("a number with a letter", say({ ...answer, number: "7x" }), { refusal: "malformed" }),
    bad("deny without a reason", say(without(deny("not_me"), "reason")), { refusal: "malformed" }),
    bad("deny with a number", say({ ...deny("not_me"), number: "07" }), { refusal: "malformed" }),
    bad("deny for an unknown reason", say(deny("bored")), { refusal: "malformed" }),
    bad("an unknown claim", say({ ...answer, admin: true }), { refusal: "malformed" }),
    bad("a challenge of 31 bytes", say({ ...answer, challenge: fill("challenge", 31) }), { refusal: "malformed" }),
  ],
});
