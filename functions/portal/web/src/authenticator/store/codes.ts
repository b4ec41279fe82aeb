// Keeps the accounts whose codes this phone shows. Of a secret there is only the key, which cannot be read out again.
import type { Recipe } from "../codes/totp";
import { read } from "./database";

export interface CodeAccount extends Recipe {
  id: string;
  /** The site or organization; empty where only a name was given. */
  issuer: string;
  name: string;
  addedAt: string;
  key: CryptoKey;
}

/** All of them, the oldest first. */
export async function listCodes(): Promise<CodeAccount[]> {
  const codes = await read<CodeAccount[]>("codes", (store) => store.getAll());
  return codes.sort((one, other) => one.addedAt.localeCompare(other.addedAt));
}
