// A small service that speaks the device protocol to the built app and checks every message as strictly as the real one.
import { createHash, randomBytes, webcrypto } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";

const DIST = "dist";
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "manifest-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types countersign";

const id = (kind) => `${kind}_${randomBytes(8).toString("hex")}`;
const sha = (data) => createHash("sha256").update(data).digest("base64url");
const parse = (part) => JSON.parse(Buffer.from(part, "base64url").toString());

/** A refusal, thrown by whatever finds it. */
class Refusal extends Error {
  constructor(status, code) {
    super(code);
    this.status = status;
  }
}

/** The service's state and what a test does with it. */
export class Service {
  codes = new Set();
  devices = new Map();
  prompt = undefined;
  /** Claims of every pairing and answer, and every channel, in their order. */
  seen = [];
  vapidKey = null;
  user = "ada";
  /** How far this service's clock is ahead, in milliseconds. */
  skew = 0;
  removable = true;
  reachable = true;
  requests = 0;
  #spent = new Set();
  #outcomes = new Map();

  async start(port = 0) {
    this.server = createServer((request, response) => void this.#serve(request, response));
    await new Promise((resolve) => this.server.listen(port, "127.0.0.1", resolve));
    this.origin = `http://localhost:${this.server.address().port}`;
    return this;
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }

  code(code) {
    this.codes.add(code);
    return code;
  }

  /** Opens a prompt; the number is what the sign-in page would show. */
  ask({ purpose = "sign_in", number = "47", lives = 120_000, app = "Security info" } = {}) {
    const at = new Date(this.#now()).toISOString();
    const shown = { app, place: "Lisbon, PT", browser: "Firefox on Linux", address: "203.0.113.9", at };
    this.prompt = {
      number,
      body: {
        id: id("prm"),
        purpose,
        challenge: randomBytes(32).toString("base64url"),
        number_length: number.length,
        shown,
        created_at: at,
        expires_at: new Date(this.#now() + lives).toISOString(),
      },
    };
    return this.prompt.body;
  }

  #now() {
    return Date.now() + this.skew;
  }

  async #open(jws, type, jwk) {
    const [header, claims, signature] = jws.split(".");
    const { alg, typ, jwk: own } = parse(header);
    const key = await webcrypto.subtle.importKey(
      "jwk",
      jwk ?? own,
      { name: "ECDSA", namedCurve: "P-256" },
      false,
      ["verify"],
    );
    const bytes = Buffer.from(signature, "base64url");
    const signed = Buffer.from(`${header}.${claims}`);
    const good = await webcrypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, bytes, signed);
    const { iat, jti } = parse(claims);
    const fresh = Math.abs(iat * 1000 - this.#now()) <= 90_000 && Buffer.from(jti, "base64url").length === 16;
    if (alg !== "ES256" || typ !== `countersign-${type}+jwt` || !good || !fresh) {
      throw new Refusal(401, type === "proof" ? "device.proof_invalid" : "device.signature_invalid");
    }
    return { claims: parse(claims), jwk: own };
  }

  async #prove(request, body) {
    const proof = request.headers["countersign-proof"] ?? "";
    const device = this.devices.get(parse(proof.split(".")[0] || "e30").kid);
    if (!device) throw new Refusal(410, "device.removed");
    const { claims } = await this.#open(proof, "proof", device.jwk);
    const right =
      claims.acc === device.account &&
      claims.htm === request.method &&
      claims.htu === this.origin + request.url &&
      claims.bsh === (body ? sha(body) : undefined) &&
      !this.#spent.has(claims.jti);
    this.#spent.add(claims.jti);
    if (!right) throw new Refusal(401, "device.proof_invalid");
    return device;
  }

  async #pair(body) {
    const { claims, jwk } = await this.#open(JSON.parse(body).pairing, "pairing");
    if (claims.htu !== `${this.origin}/device/v1/pairings`)
      throw new Refusal(401, "device.signature_invalid");
    if (!this.codes.delete(claims.code)) throw new Refusal(409, "pairing.expired");
    this.seen.push(claims);
    const device = {
      id: id("aut"),
      account: `acc_${this.user}`,
      user: this.user,
      jwk,
      status: "pending",
      ...claims,
    };
    this.devices.set(device.id, device);
    return [
      201,
      {
        account_id: device.account,
        authenticator_id: device.id,
        ...this.#names(device),
        replaces_added_at: null,
      },
    ];
  }

  #names({ user }) {
    return { organization: "Example University", user_name: user, display_name: "Ada Lovelace" };
  }

  async #answer(device, promptId, body) {
    const { claims } = await this.#open(JSON.parse(body).answer, "answer", device.jwk);
    if (this.#outcomes.has(claims.jti)) return [200, { outcome: this.#outcomes.get(claims.jti) }];
    const prompt = this.prompt?.body;
    if (prompt?.id !== promptId || claims.challenge !== prompt.challenge)
      throw new Refusal(409, "challenge.expired");
    const { app, place, browser, address, at } = prompt.shown;
    const shown = sha(["countersign-shown-v1", app, place, browser, address, at].join("\n"));
    if (claims.shown !== shown) throw new Refusal(401, "device.signature_invalid");
    this.seen.push(claims);
    const { number } = this.prompt;
    this.prompt = undefined;
    if (claims.decision === "approve" && claims.number !== number)
      throw new Refusal(409, "challenge.number_mismatch");
    const outcome = claims.decision === "approve" ? "approved" : "denied";
    this.#outcomes.set(claims.jti, outcome);
    if (outcome === "approved") device.status = "active";
    return [200, { outcome }];
  }

  async #device(request, path, body) {
    const route = `${request.method} ${path}`;
    if (route === "GET /configuration") {
      return [
        200,
        { protocol: 1, organization: "Example University", vapid_public_key: this.vapidKey, help_url: null },
      ];
    }
    if (route === "POST /pairings") return this.#pair(body);
    const device = await this.#prove(request, body);
    const answered = /^POST \/prompts\/([^/]+)\/answer$/.exec(route)?.[1];
    if (answered) return this.#answer(device, answered, body);
    switch (route) {
      case "GET /prompts": {
        const open = this.prompt && Date.parse(this.prompt.body.expires_at) > this.#now();
        return [200, { prompts: open ? [this.prompt.body] : [], poll_after_ms: 500 }];
      }
      case "GET /device": {
        const { id: authenticator_id, account, model: name, status, iat, channel } = device;
        const added_at = new Date(iat * 1000).toISOString();
        const state = { name, status, added_at, channel: channel.kind };
        return [200, { account_id: account, authenticator_id, ...this.#names(device), ...state }];
      }
      case "PUT /channel":
        device.channel = JSON.parse(body).channel;
        this.seen.push(device.channel);
        return [204];
      case "DELETE /device":
        if (!this.removable) throw new Refusal(409, "method.last_or_required");
        this.devices.delete(device.id);
        return [204];
      default:
        throw new Refusal(404, "request.not_found");
    }
  }

  async #serve(request, response) {
    let body = "";
    for await (const part of request) body += part;
    if (!request.url.startsWith("/device/v1/")) return this.#file(request.url, response);
    this.requests += 1;
    if (!this.reachable) return request.socket.destroy();
    const [status, answer] = await this.#device(request, request.url.slice("/device/v1".length), body).catch(
      (cause) => [
        cause.status ?? 500,
        { title: cause.message, code: cause.message, detail: cause.message, fix: "" },
      ],
    );
    const type = status >= 400 ? "application/problem+json" : "application/json";
    response.writeHead(status, { "content-type": type, date: new Date(this.#now()).toUTCString() });
    return response.end(answer ? JSON.stringify(answer) : undefined);
  }

  async #file(url, response) {
    const path = url === "/authenticator" ? "/authenticator.html" : url;
    const content = await readFile(DIST + path).catch(() => undefined);
    if (!content) return response.writeHead(404).end();
    const scope = path === "/authenticator/sw.js" ? { "service-worker-allowed": "/authenticator" } : {};
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    return response
      .writeHead(200, { "content-type": type, "content-security-policy": POLICY, ...scope })
      .end(content);
  }
}
