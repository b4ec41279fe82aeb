// Computes one-time codes (RFC 4226, RFC 6238) with a key that the browser holds and never shows.

export type Algorithm = "SHA-1" | "SHA-256" | "SHA-512";

/** How an account's codes are made. */
export interface Recipe {
  algorithm: Algorithm;
  digits: 6 | 8;
  /** Seconds that a code is shown. */
  period: number;
}

/** How many periods have passed (RFC 6238 §4.2), for a time in milliseconds. */
export function stepAt(now: number, period: number): number {
  return Math.floor(now / 1000 / period);
}

/** Whole seconds until the next code: from `period` down to 1. */
export function secondsLeft(now: number, period: number): number {
  return period - (Math.floor(now / 1000) % period);
}

/** The code of a counter (RFC 4226 §5.3), zeros in front kept. */
export async function codeOf(key: CryptoKey, counter: number, digits: number): Promise<string> {
  const message = new DataView(new ArrayBuffer(8));
  message.setBigUint64(0, BigInt(counter));
  const mac = new DataView(await crypto.subtle.sign("HMAC", key, message));
  // Dynamic truncation: the last four bits say where the four bytes of the code begin.
  const offset = mac.getUint8(mac.byteLength - 1) & 0xf;
  const number = mac.getUint32(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, "0");
}

/** A code as it is read: `123 456`, `1234 5678`. */
export function groupedCode(code: string): string {
  const half = code.length / 2;
  return `${code.slice(0, half)} ${code.slice(half)}`;
}
