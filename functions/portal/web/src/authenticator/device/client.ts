// Speaks the device protocol to the service: every request with its proof, one correction of a wrong clock, one retry.
import { randomId } from "./bytes";
import type { ServiceClock } from "./clock";
import { type PublicJwk, sign, TYPE } from "./jws";
import {
  answerClaims,
  type Decision,
  handOverClaims,
  type Moment,
  type PairingRequest,
  pairingClaims,
  proofClaims,
} from "./messages";
import { type Problem, type Reply, readProblem, UNREACHABLE } from "./problem";
import {
  type Channel,
  Malformed,
  type NewPhone,
  type Prompt,
  parseConfiguration,
  parseDevice,
  parseHandOver,
  parseOutcome,
  parsePaired,
  parsePrompts,
} from "./shapes";

/** Who signs: one account's key on this phone. */
export interface Signer {
  accountId: string;
  authenticatorId: string;
  key: CryptoKey;
}

type Build = () => Promise<RequestInit & { method: string }>;

const TIMEOUT_MS = 15_000;

export class DeviceClient {
  constructor(
    private readonly origin: string,
    readonly clock: ServiceClock,
    private readonly send: (url: string, init: RequestInit) => Promise<Response> = (url, init) =>
      fetch(url, init),
    private readonly chance: () => string = randomId,
  ) {}

  configuration() {
    return this.request("/configuration", async () => ({ method: "GET" }), parseConfiguration, {
      learn: true,
    });
  }

  /** Registers a new key. The key signs for itself, which shows that this phone has it. */
  pair(key: CryptoKey, jwk: PublicJwk, request: PairingRequest) {
    const build = async () => {
      const claims = pairingClaims(request, this.url("/pairings"), this.moment());
      return json("POST", { pairing: await sign(key, { typ: TYPE.pairing, jwk }, claims) });
    };
    return this.request("/pairings", build, parsePaired);
  }

  prompts(signer: Signer) {
    return this.proven(signer, "GET", "/prompts", undefined, parsePrompts);
  }

  /** Signs a decision once; `sendAnswer` may then send it more than once and gets the same outcome. */
  async signAnswer(signer: Signer, prompt: Prompt, decision: Decision, unlocked = false): Promise<string> {
    const claims = await answerClaims(signer.accountId, prompt, decision, this.moment(), unlocked);
    return sign(signer.key, { typ: TYPE.answer, kid: signer.authenticatorId }, claims);
  }

  sendAnswer(signer: Signer, prompt: Prompt, answer: string) {
    const path = `/prompts/${encodeURIComponent(prompt.id)}/answer`;
    return this.proven(signer, "POST", path, { answer }, parseOutcome);
  }

  device(signer: Signer) {
    return this.proven(signer, "GET", "/device", undefined, parseDevice);
  }

  setChannel(signer: Signer, channel: Channel) {
    return this.proven(signer, "PUT", "/channel", { channel }, () => undefined);
  }

  setCapabilities(signer: Signer, capabilities: string[]) {
    return this.proven(signer, "PUT", "/device", { capabilities }, () => undefined);
  }

  beginHandOver(signer: Signer) {
    return this.proven(signer, "POST", "/hand-overs", undefined, parseHandOver);
  }

  handOver(signer: Signer, id: string) {
    return this.proven(signer, "GET", `/hand-overs/${encodeURIComponent(id)}`, undefined, parseHandOver);
  }

  cancelHandOver(signer: Signer, id: string) {
    return this.proven(signer, "DELETE", `/hand-overs/${encodeURIComponent(id)}`, undefined, () => undefined);
  }

  /** Signs the new phone's key; from then on this phone is gone. */
  async confirmHandOver(signer: Signer, id: string, to: NewPhone) {
    const claims = handOverClaims(signer.accountId, id, to, this.moment());
    const signed = await sign(signer.key, { typ: TYPE.handOver, kid: signer.authenticatorId }, claims);
    const path = `/hand-overs/${encodeURIComponent(id)}/confirm`;
    return this.proven(signer, "POST", path, { hand_over: signed }, () => undefined);
  }

  remove(signer: Signer) {
    return this.proven(signer, "DELETE", "/device", undefined, () => undefined);
  }

  private moment(): Moment {
    return { iat: this.clock.seconds(), jti: this.chance() };
  }

  private url(path: string): string {
    return `${this.origin}/device/v1${path}`;
  }

  private proven<T>(
    signer: Signer,
    method: string,
    path: string,
    body: object | undefined,
    parse: (v: unknown) => T,
  ) {
    const build = async () => {
      const init = body === undefined ? { method } : json(method, body);
      const claims = await proofClaims(
        { account: signer.accountId, method, url: this.url(path), body: init.body },
        this.moment(),
      );
      const proof = await sign(signer.key, { typ: TYPE.proof, kid: signer.authenticatorId }, claims);
      return { ...init, headers: { ...init.headers, "Countersign-Proof": proof } };
    };
    return this.request(path, build, parse);
  }

  private async request<T>(
    path: string,
    build: Build,
    parse: (value: unknown) => T,
    { learn = false } = {},
  ): Promise<Reply<T>> {
    for (let first = true; ; first = false) {
      const init = { ...(await build()), cache: "no-store", credentials: "omit", redirect: "error" } as const;
      let response: Response;
      try {
        response = await this.send(this.url(path), { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
      } catch {
        return { ok: false, problem: UNREACHABLE };
      }
      if (learn) this.clock.learn(response.headers);
      if (response.ok) return read(response, parse);
      const problem = await readProblem(response);
      // A clock that is wrong makes every message stale: the answer says the time, so it is corrected once. A proof that
      // was seen before is one that the browser sent twice over a broken connection: a fresh one tells how that ended.
      const stale = problem.status === 401 && this.clock.learn(response.headers);
      if (!first || !(stale || problem.code === "device.proof_invalid")) return { ok: false, problem };
    }
  }
}

interface JsonInit {
  method: string;
  body?: string;
  headers?: Record<string, string>;
}

function json(method: string, body: object): JsonInit {
  return { method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

async function read<T>(response: Response, parse: (value: unknown) => T): Promise<Reply<T>> {
  try {
    return { ok: true, value: parse(response.status === 204 ? undefined : await response.json()) };
  } catch (cause) {
    // A page in place of an answer is what a captive portal sends: not reached, rather than refused.
    const malformed: Problem = { ...UNREACHABLE, code: "service.failed", status: response.status };
    return { ok: false, problem: cause instanceof Malformed ? malformed : UNREACHABLE };
  }
}
