// A browser vendor's push service on this machine: it takes what the service sends and opens it as a browser would.
import assert from "node:assert/strict";
import { createECDH, createPublicKey, randomBytes, verify } from "node:crypto";
import { createServer } from "node:http";
import ece from "http_ece";

export class PushService {
  /** Every push that came: its headers, and what it says once it is opened. */
  received = [];
  /** What the next pushes are answered with. */
  answers = 201;
  #keys = createECDH("prime256v1");
  #secret = randomBytes(16);
  #server;

  static async start() {
    const service = new PushService();
    service.#keys.generateKeys();
    service.#server = createServer((request, response) => {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        service.received.push({
          method: request.method,
          headers: request.headers,
          body: Buffer.concat(parts),
        });
        response.writeHead(service.answers).end();
      });
    });
    await new Promise((listening) => {
      service.#server.listen(0, "127.0.0.1", listening);
    });
    service.origin = `http://127.0.0.1:${service.#server.address().port}`;
    return service;
  }

  /** What a browser that is subscribed here hands to its pages. */
  get subscription() {
    return {
      endpoint: `${this.origin}/push/${randomBytes(8).toString("hex")}`,
      p256dh: this.#keys.getPublicKey("base64url"),
      auth: this.#secret.toString("base64url"),
    };
  }

  /** The next push that has not been looked at. */
  async next() {
    const until = Date.now() + 10_000;
    while (this.received.length === 0) {
      assert.ok(Date.now() < until, "no push has come");
      await new Promise((later) => {
        setTimeout(later, 50);
      });
    }
    return this.received.shift();
  }

  /** Opens a push with the subscription's keys (RFC 8291), by code of somebody else's. */
  open({ body, headers }) {
    assert.equal(headers["content-encoding"], "aes128gcm");
    const opened = ece.decrypt(body, {
      version: "aes128gcm",
      privateKey: this.#keys,
      authSecret: this.#secret.toString("base64url"),
    });
    return opened.toString("utf8");
  }

  /** The claims of the sender's token (RFC 8292), signed by the key that pages were given. */
  sender({ headers }, vapidKey) {
    const [, token, key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(headers.authorization);
    assert.equal(key, vapidKey);
    const point = Buffer.from(key, "base64url");
    const jwk = {
      kty: "EC",
      crv: "P-256",
      x: point.subarray(1, 33).toString("base64url"),
      y: point.subarray(33).toString("base64url"),
    };
    const [head, claims, signature] = token.split(".");
    const signed = verify(
      "sha256",
      Buffer.from(`${head}.${claims}`),
      { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" },
      Buffer.from(signature, "base64url"),
    );
    assert.ok(signed, "the sender's token is signed by another key");
    return JSON.parse(Buffer.from(claims, "base64url").toString());
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/**
 * Makes the pages of a phone's browser subscribe there. Chromium's own subscribing needs its vendor's servers; from here
 * on everything is the real thing.
 */
export async function subscribesAt(page, subscription) {
  await page.context().addInitScript(({ endpoint, p256dh, auth }) => {
    const bytes = (text) =>
      Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    let made = null;
    const manager = globalThis.PushManager?.prototype;
    if (!manager) return;
    manager.subscribe = async ({ applicationServerKey }) => {
      made = {
        endpoint,
        options: { applicationServerKey, userVisibleOnly: true },
        getKey: (name) => bytes(name === "auth" ? auth : p256dh).buffer,
        unsubscribe: async () => true,
      };
      return made;
    };
    manager.getSubscription = async () => made;
  }, subscription);
}
