// The phone's screen lock: a platform passkey of this browser that is asked for before an answer. It proves nothing to the service by
// itself; that the phone was unlocked is what the signed answer says.
import { signal } from "@preact/signals";
import { capabilities } from "../device/messages";
import { isLive, signerOf } from "../push/renew";
import { accounts, service } from "../state";
import { changeAccount } from "../store/accounts";
import { getSetting, setSetting } from "../store/settings";

/** User verified (Web Authentication Level 3, section 6.1). */
const UV = 0x04;
const FLAGS_AT = 32;
const TIMEOUT_MS = 60_000;

/** Whether answers ask for the screen lock; nothing while it is not known. */
export const lockOn = signal<boolean | undefined>(undefined);

export type LockOutcome = "done" | "cancelled" | "unsupported";

/** Whether this browser can ask for the phone's fingerprint, face or PIN. */
export async function canLock(): Promise<boolean> {
  const kind = globalThis.PublicKeyCredential;
  if (!kind?.isUserVerifyingPlatformAuthenticatorAvailable) return false;
  return kind.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

/** Reads whether it is on. */
export async function recallLock(): Promise<boolean> {
  const id = await getSetting("lock").catch(() => undefined);
  lockOn.value = id !== undefined && id.byteLength > 0;
  return lockOn.value;
}

/** Sets it up: the phone asks for its lock once, then the service is told for each account. */
export async function turnLockOn(name: string): Promise<LockOutcome> {
  if (!(await canLock())) return "unsupported";
  let made: Credential | null;
  try {
    made = await navigator.credentials.create({ publicKey: creation(name) });
  } catch {
    return "cancelled";
  }
  if (!(made instanceof PublicKeyCredential)) return "unsupported";
  await setSetting("lock", made.rawId);
  lockOn.value = true;
  await announceCapabilities();
  return "done";
}

/** Takes it away, after it was opened once more: whoever holds the phone must not be able to do that while it is locked. */
export async function turnLockOff(): Promise<LockOutcome> {
  if (!(await unlock())) return "cancelled";
  await setSetting("lock", new ArrayBuffer(0));
  lockOn.value = false;
  await announceCapabilities();
  return "done";
}

/** Asks for the lock. True only if the phone says that it verified its user. */
export async function unlock(): Promise<boolean> {
  const id = await getSetting("lock").catch(() => undefined);
  if (!id || id.byteLength === 0) return false;
  try {
    const found = await navigator.credentials.get({
      publicKey: {
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        allowCredentials: [{ type: "public-key", id, transports: ["internal"] }],
        userVerification: "required",
        timeout: TIMEOUT_MS,
      },
    });
    return found instanceof PublicKeyCredential && verified(found.response);
  } catch {
    return false;
  }
}

function verified(response: AuthenticatorResponse): boolean {
  if (!(response instanceof AuthenticatorAssertionResponse)) return false;
  return ((new Uint8Array(response.authenticatorData)[FLAGS_AT] ?? 0) & UV) !== 0;
}

function creation(name: string): PublicKeyCredentialCreationOptions {
  return {
    challenge: crypto.getRandomValues(new Uint8Array(32)),
    rp: { name },
    user: { id: crypto.getRandomValues(new Uint8Array(16)), name, displayName: name },
    pubKeyCredParams: [
      { type: "public-key", alg: -7 },
      { type: "public-key", alg: -257 },
    ],
    authenticatorSelection: {
      authenticatorAttachment: "platform",
      residentKey: "discouraged",
      userVerification: "required",
    },
    timeout: TIMEOUT_MS,
  };
}

/** Tells the service, for each account that was not told, what this phone can do. */
export async function announceCapabilities(): Promise<void> {
  const client = await service();
  const on = await recallLock();
  for (const account of accounts.value.filter(isLive)) {
    const signer = await signerOf(account);
    if (!signer) continue;
    const reply = await client.setCapabilities(signer, capabilities(on)).catch(() => undefined);
    if (reply?.ok) await changeAccount(account.authenticatorId, { unlocks: on });
  }
}
