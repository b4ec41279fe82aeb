// Makes and keeps the keys of this phone: P-256, one an account, never exportable.
import type { PublicJwk } from "../device/jws";
import { read, write } from "./database";

const P256 = { name: "ECDSA", namedCurve: "P-256" } as const;
const DRAFT = "draft";

/** A new key that is already on disk, though no account is known for it yet. */
export interface DraftKey {
  key: CryptoKey;
  jwk: PublicJwk;
}

/**
 * Makes a key, stores it and reads it back. A browser that cannot keep keys (a private window, a full disk) fails
 * here, before the service is told of a key that would be gone tomorrow.
 */
export async function makeKey(): Promise<DraftKey> {
  const pair = await crypto.subtle.generateKey(P256, false, ["sign", "verify"]);
  const { x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  if (!x || !y) throw new Error("the browser gave no public key");
  await write(["keys"], (transaction) => transaction.objectStore("keys").put(pair.privateKey, DRAFT));
  const key = await keyOf(DRAFT);
  if (!key || key.extractable) throw new Error("the browser did not keep the key");
  return { key, jwk: { kty: "EC", crv: "P-256", x, y } };
}

/** The key of an authenticator; nothing when the browser has lost it. */
export function keyOf(authenticatorId: string): Promise<CryptoKey | undefined> {
  return read<CryptoKey | undefined>("keys", (store) => store.get(authenticatorId));
}

/** Gives the draft its authenticator, inside the transaction that stores the account. */
export function adoptKey(transaction: IDBTransaction, key: CryptoKey, authenticatorId: string): void {
  const store = transaction.objectStore("keys");
  store.put(key, authenticatorId);
  store.delete(DRAFT);
}
