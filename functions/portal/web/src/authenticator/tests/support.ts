// Helpers of the tests: a key pair, a service's answers and a JWS taken apart.
import { fromBase64url, utf8 } from "../device/bytes";
import { DeviceClient } from "../device/client";
import { ServiceClock } from "../device/clock";
import { ES256 } from "../device/jws";

export const ORIGIN = "https://id.example.org";
export const NOW = Date.parse("2026-11-24T17:00:00Z");

export function keyPair(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
}

export interface Opened {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
}

function part(text: string): Record<string, unknown> {
  return JSON.parse(new TextDecoder().decode(fromBase64url(text)));
}

/** Takes a compact JWS apart; throws unless the key signed it. */
export async function open(jws: string, key: CryptoKey): Promise<Opened> {
  const [header = "", claims = "", signature = ""] = jws.split(".");
  const bytes = fromBase64url(signature);
  const good = await crypto.subtle.verify(ES256, key, bytes, utf8(`${header}.${claims}`));
  if (bytes.length !== 64 || !good) throw new Error("the signature does not verify");
  return { header: part(header), claims: part(claims) };
}

export interface Seen {
  url: string;
  method: string;
  headers: Headers;
  body: string | undefined;
}

/** A client whose service gives these answers in turn, and what it was asked. */
export function clientWith(answers: (Response | Error)[], phone = () => NOW) {
  const seen: Seen[] = [];
  let count = 0;
  const clock = new ServiceClock(phone);
  const send = async (url: string, init: RequestInit) => {
    seen.push({
      url,
      method: init.method ?? "GET",
      headers: new Headers(init.headers),
      body: typeof init.body === "string" ? init.body : undefined,
    });
    const answer = answers[seen.length - 1];
    if (!answer || answer instanceof Error) throw answer ?? new Error("no more answers");
    return answer;
  };
  const client = new DeviceClient(ORIGIN, clock, send, () => {
    count += 1;
    return `jti-${count}`;
  });
  return { client, clock, seen };
}

export function answer(status: number, body?: object, headers: Record<string, string> = {}): Response {
  const type = status >= 400 ? "application/problem+json" : "application/json";
  return new Response(body ? JSON.stringify(body) : null, {
    status,
    headers: { "content-type": type, ...headers },
  });
}
