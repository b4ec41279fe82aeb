// Keeps, renames and forgets accounts with codes, and tells the screens.
import { randomId } from "../device/bytes";
import { askToPersist } from "../pairing";
import { codes, refreshAccounts } from "../state";
import { addCode, forgetCode, renameCode } from "../store/code-changes";
import type { CodeAccount } from "../store/codes";
import type { Draft } from "./otpauth";
import { importSecret } from "./secret";

type Names = Pick<CodeAccount, "issuer" | "name">;

/** Two of the same names could not be told apart, and the one that no longer works would be tried. */
function taken({ issuer, name }: Names, id?: string): boolean {
  return codes.value.some((code) => code.issuer === issuer && code.name === name && code.id !== id);
}

/** Turns the secret into a key and keeps that; the bytes are overwritten when it is done. */
export async function keepDraft({ secret, ...about }: Draft): Promise<"kept" | "twice" | "broken"> {
  if (taken(about)) return "twice";
  try {
    const key = await importSecret(secret, about.algorithm);
    await addCode({ ...about, key, id: randomId(), addedAt: new Date().toISOString() });
  } catch {
    return "broken";
  }
  secret.fill(0);
  await refreshAccounts();
  void askToPersist().catch(() => {});
  return "kept";
}

/** False when another one has these names. */
export async function rename(id: string, names: Names): Promise<boolean> {
  if (taken(names, id)) return false;
  await renameCode(id, names);
  await refreshAccounts();
  return true;
}

export async function forget(id: string): Promise<void> {
  await forgetCode(id);
  await refreshAccounts();
}
