// Signs compact JWS (RFC 7515) with ES256, the only form in which this phone says anything that counts.
import { type Bytes, toBase64url, utf8 } from "./bytes";

/** What each kind of message calls itself, so that one kind can never be taken for another. */
export const TYPE = {
  pairing: "countersign-pairing+jwt",
  proof: "countersign-proof+jwt",
  answer: "countersign-answer+jwt",
  handOver: "countersign-hand-over+jwt",
} as const;

/** A P-256 public key as the protocol carries it (RFC 7517). */
export interface PublicJwk {
  kty: "EC";
  crv: "P-256";
  x: string;
  y: string;
}

/** A header after `alg`: what the message is for and which key signed it. */
export type Header = { typ: string; kid: string } | { typ: string; jwk: PublicJwk };

export const ES256 = { name: "ECDSA", hash: "SHA-256" } as const;

function encode(part: object): string {
  return toBase64url(utf8(JSON.stringify(part)));
}

/** Signs the claims. WebCrypto's signature is already r‖s of 64 bytes, as RFC 7518 §3.4 wants it. */
export async function sign(key: CryptoKey, header: Header, claims: object): Promise<string> {
  const input = `${encode({ alg: "ES256", ...header })}.${encode(claims)}`;
  const signature = await crypto.subtle.sign(ES256, key, utf8(input) satisfies Bytes);
  return `${input}.${toBase64url(new Uint8Array(signature))}`;
}
