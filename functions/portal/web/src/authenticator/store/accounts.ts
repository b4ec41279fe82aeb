// Keeps the accounts that this phone is paired with.
import type { Paired } from "../device/shapes";
import { read, write } from "./database";
import { adoptKey } from "./keys";

/** How the last request of an account ended on this phone. */
export type LastAnswer = { at: string; outcome: "approved" | "denied" };

export interface Account {
  authenticatorId: string;
  accountId: string;
  organization: string;
  userName: string;
  displayName: string;
  /** What the member sees in the list on the security-info page. */
  name: string;
  addedAt: string;
  /** `removed`: ended by the service. `lost`: this browser no longer has the key. */
  status: "pending" | "active" | "removed" | "lost";
  /** The push endpoint that the service was told of; nothing when this phone only asks. */
  endpoint: string | undefined;
  /** The member was asked about notifications for this account and said not now. */
  pushDeclined: boolean;
  /** The service was told that this phone unlocks for each answer. */
  unlocks?: boolean;
  lastAnswer: LastAnswer | undefined;
}

/** The state as a person sees it: a test answered here may still have to be seen by the other screen. */
export function stageOf({ status, lastAnswer }: Account): Account["status"] | "confirming" {
  return status === "pending" && lastAnswer?.outcome === "approved" ? "confirming" : status;
}

/** All accounts, the oldest first. */
export async function listAccounts(): Promise<Account[]> {
  const accounts = await read<Account[]>("accounts", (store) => store.getAll());
  return accounts.sort((one, other) => one.addedAt.localeCompare(other.addedAt));
}

/** Keeps a newly paired account with its key, in place of an older pairing of the same account. */
export async function addAccount(
  paired: Paired,
  key: CryptoKey,
  about: { name: string; addedAt: string; endpoint: string | undefined },
): Promise<Account> {
  const older = (await listAccounts()).filter((account) => account.accountId === paired.accountId);
  const account: Account = {
    authenticatorId: paired.authenticatorId,
    accountId: paired.accountId,
    organization: paired.organization,
    userName: paired.userName,
    displayName: paired.displayName,
    status: "pending",
    pushDeclined: false,
    lastAnswer: undefined,
    ...about,
  };
  await write(["accounts", "keys"], (transaction) => {
    for (const { authenticatorId } of older) drop(transaction, authenticatorId);
    transaction.objectStore("accounts").put(account);
    adoptKey(transaction, key, account.authenticatorId);
  });
  return account;
}

/** Changes an account that is still there; one that was forgotten meanwhile stays forgotten. */
export async function changeAccount(authenticatorId: string, change: Partial<Account>): Promise<void> {
  await write(["accounts"], (transaction) => {
    const store = transaction.objectStore("accounts");
    const found: IDBRequest<Account | undefined> = store.get(authenticatorId);
    found.onsuccess = () => {
      if (found.result) store.put({ ...found.result, ...change });
    };
  });
}

/** Marks an account as ended by the service. Its key is of no more use and goes at once. */
export async function markRemoved(authenticatorId: string): Promise<void> {
  await changeAccount(authenticatorId, { status: "removed", endpoint: undefined });
  await write(["keys"], (transaction) => transaction.objectStore("keys").delete(authenticatorId));
}

/** Forgets an account and its key. */
export async function forgetAccount(authenticatorId: string): Promise<void> {
  await write(["accounts", "keys"], (transaction) => drop(transaction, authenticatorId));
}

function drop(transaction: IDBTransaction, authenticatorId: string): void {
  transaction.objectStore("accounts").delete(authenticatorId);
  transaction.objectStore("keys").delete(authenticatorId);
}
