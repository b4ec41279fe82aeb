// What the app knows right now, as signals that the screens draw from.
import { computed, signal } from "@preact/signals";
import type { DeviceClient } from "./device/client";
import type { Problem } from "./device/problem";
import type { Configuration, Prompt } from "./device/shapes";
import { makeClient } from "./push/renew";
import { type Account, listAccounts } from "./store/accounts";
import { type CodeAccount, listCodes } from "./store/codes";

/** A request that waits for the member's answer. */
export interface OpenPrompt {
  account: Account;
  prompt: Prompt;
  /** It took the place of one that was on the screen. */
  replaced: boolean;
}

/** How a request ended, and for whom. */
export interface Outcome {
  kind:
    | "approved"
    | "not_me"
    | "changed_mind"
    | "number_mismatch"
    | "expired"
    | "answered"
    | "ended"
    | "removed"
    | "refused";
  account: Account;
  prompt: Prompt;
  problem?: Problem;
}

/** An account that was paired just now. */
export interface JustPaired {
  account: Account;
  replacesAddedAt: string | undefined;
  /** Its test prompt was answered with the right number. */
  tested: boolean;
}

export const accounts = signal<Account[]>([]);
/** The accounts whose codes this phone shows. */
export const codes = signal<CodeAccount[]>([]);
/** Whether nothing was brought to this phone yet. */
export const empty = computed(() => accounts.value.length === 0 && codes.value.length === 0);
/** Set when the browser cannot keep anything: nothing works then. */
export const storageBroken = signal(false);
/** Whether the browser promised to keep the keys; nothing while it is not known. */
export const persisted = signal<boolean | undefined>(undefined);
export const configuration = signal<Configuration | undefined>(undefined);
/** Why the last look for requests failed; nothing when it did not. */
export const trouble = signal<Problem | undefined>(undefined);
export const openPrompt = signal<OpenPrompt | undefined>(undefined);
export const outcome = signal<Outcome | undefined>(undefined);
export const justPaired = signal<JustPaired | undefined>(undefined);

/** Whether the account list was read for the first time. */
export const started = signal(false);
export const offline = computed(() => trouble.value?.status === 0);

let speaking: DeviceClient | undefined;

/** The client of this page, made once. */
export async function service(): Promise<DeviceClient> {
  speaking ??= await makeClient(location.origin);
  return speaking;
}

/**
 * The service has ended an account of this phone. What the screen says of it is not true any more: a request that waits cannot be
 * answered, and an approval may have opened nothing.
 */
export function tellRemoved(account: Account): void {
  const mine = <T extends { account: Account }>(one: T | undefined): T | undefined =>
    one?.account.authenticatorId === account.authenticatorId ? one : undefined;
  const waiting = mine(openPrompt.value);
  const told = mine(outcome.value);
  const prompt = waiting?.prompt ?? (told?.kind === "approved" ? told.prompt : undefined);
  if (!prompt) return;
  if (waiting) openPrompt.value = undefined;
  outcome.value = { kind: "removed", account, prompt };
}

/** Reads the accounts again after something changed them. */
export async function refreshAccounts(): Promise<void> {
  try {
    const [paired, coded] = await Promise.all([listAccounts(), listCodes()]);
    accounts.value = paired;
    codes.value = coded;
    storageBroken.value = false;
  } catch {
    storageBroken.value = true;
  }
  started.value = true;
}

export function findAccount(authenticatorId: string): Account | undefined {
  return accounts.value.find((account) => account.authenticatorId === authenticatorId);
}
