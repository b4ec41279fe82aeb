// Pairs this phone with the account that a code stands for: a key on disk, the request signed by it, the account kept.
import { signal } from "@preact/signals";
import { currentChannel, loadConfiguration } from "./account-actions";
import { cleanModel, guessModel } from "./device/model";
import type { Problem } from "./device/problem";
import { recallLock } from "./lock/lock";
import { lookNow } from "./prompts/poller";
import { endpointOf } from "./push/channel";
import { go } from "./route";
import { justPaired, persisted, refreshAccounts, service, storageBroken } from "./state";
import { addAccount } from "./store/accounts";
import { makeKey } from "./store/keys";
import { getSetting, installationId } from "./store/settings";

export type Pairing =
  | { state: "idle" }
  | { state: "working" }
  | { state: "failed"; code: string; problem: Problem };

export const pairing = signal<Pairing>({ state: "idle" });

/** What this phone calls itself to the service. */
export async function modelName(): Promise<string> {
  const guess = guessModel(navigator.userAgent, navigator.maxTouchPoints);
  const given = await getSetting("model").catch(() => undefined);
  return cleanModel(given ?? (await hardwareName()) ?? "", guess);
}

interface AgentData {
  getHighEntropyValues?(hints: string[]): Promise<{ model?: string }>;
}

/** "Pixel 9", where the browser tells. */
async function hardwareName(): Promise<string | undefined> {
  const data = (navigator as { userAgentData?: AgentData }).userAgentData;
  const values = await data?.getHighEntropyValues?.(["model"]).catch(() => undefined);
  return values?.model || undefined;
}

/** Asks the browser to keep the key until the member deletes it. */
export async function askToPersist(): Promise<void> {
  const storage = navigator.storage;
  if (!storage?.persist) return;
  persisted.value = (await storage.persisted()) || (await storage.persist());
}

/** Pairs with a code; what comes of it is on `pairing`, and success goes on to the test. */
export async function pair(code: string): Promise<void> {
  if (pairing.value.state === "working") return;
  pairing.value = { state: "working" };
  const problem = await attempt(code);
  pairing.value = problem ? { state: "failed", code, problem } : { state: "idle" };
}

/** Puts a failed pairing away. */
export function dismissFailure(): void {
  if (pairing.value.state === "failed") pairing.value = { state: "idle" };
}

async function attempt(code: string): Promise<Problem | undefined> {
  // First of all, because it also sets the clock by which the request is signed.
  const unreached = await loadConfiguration();
  if (unreached) return unreached;
  const draft = await makeKey().catch(() => undefined);
  if (!draft) {
    storageBroken.value = true;
    return undefined;
  }
  const client = await service();
  const channel = await currentChannel();
  const name = await modelName();
  const reply = await client.pair(draft.key, draft.jwk, {
    code,
    installation: await installationId(),
    channel,
    model: name,
    language: navigator.language || "en",
    unlocks: await recallLock(),
  });
  if (!reply.ok) return reply.problem;
  const addedAt = new Date(client.clock.now()).toISOString();
  const account = await addAccount(reply.value, draft.key, { name, addedAt, endpoint: endpointOf(channel) });
  await refreshAccounts();
  justPaired.value = { account, replacesAddedAt: reply.value.replacesAddedAt, tested: false };
  go({ screen: "home" }, { replace: true });
  await askToPersist().catch(() => {});
  void lookNow();
  return undefined;
}
