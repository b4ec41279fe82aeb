// Turns the secret of an account with codes into a key, the moment from which nobody can read it.
import type { Algorithm } from "./totp";

/** The secret as a key that only signs: from here on no script can read it, ours included. */
export function importSecret(secret: Uint8Array<ArrayBuffer>, algorithm: Algorithm): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: algorithm }, false, ["sign"]);
}
