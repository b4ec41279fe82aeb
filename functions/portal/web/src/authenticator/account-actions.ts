// What can be done with a paired account: bring it up to date, remove it, forget it, turn its pushes on.
import type { Problem, Reply } from "./device/problem";
import type { Channel } from "./device/shapes";
import { announceCapabilities, recallLock } from "./lock/lock";
import { channelOf, endpointOf, NO_CHANNEL, servesKey, subscribe } from "./push/channel";
import { registration } from "./push/registration";
import { announceChannel, isLive, signerOf } from "./push/renew";
import { pushSupport } from "./push/support";
import { accounts, configuration, refreshAccounts, service } from "./state";
import { type Account, changeAccount, forgetAccount, markRemoved } from "./store/accounts";
import { getSetting, setSetting } from "./store/settings";

/** Reads the configuration and keeps what is needed without a network. */
export async function loadConfiguration(): Promise<Problem | undefined> {
  const reply = await (await service()).configuration();
  if (!reply.ok) return reply.problem;
  configuration.value = reply.value;
  const { organization, helpUrl, vapidKey } = reply.value;
  await Promise.all([
    setSetting("organization", organization),
    setSetting("helpUrl", helpUrl ?? ""),
    setSetting("vapidKey", vapidKey ?? ""),
  ]).catch(() => {});
  return undefined;
}

/** What the service said the last time, for as long as it is not reached. */
export async function recallConfiguration(): Promise<void> {
  const organization = await getSetting("organization");
  if (!organization || configuration.value) return;
  const vapidKey = (await getSetting("vapidKey")) || undefined;
  const helpUrl = (await getSetting("helpUrl")) || undefined;
  configuration.value ??= { organization, vapidKey, helpUrl };
}

/** The channel of this phone as it is now, subscribing where the member has allowed it. */
export async function currentChannel(): Promise<Channel> {
  const vapidKey = configuration.value?.vapidKey;
  if (!vapidKey || pushSupport() !== "granted") return NO_CHANNEL;
  const worker = await registration();
  if (!worker) return NO_CHANNEL;
  try {
    const ready = worker.active ? worker : await navigator.serviceWorker.ready;
    return channelOf(await subscribe(ready.pushManager, vapidKey));
  } catch {
    return NO_CHANNEL;
  }
}

/** The endpoint of the subscription that there is, when it still serves this service's key. */
async function presentEndpoint(): Promise<string | undefined> {
  const subscription = await (await registration())?.pushManager?.getSubscription();
  const vapidKey = configuration.value?.vapidKey;
  if (!subscription || (vapidKey && !servesKey(subscription, vapidKey))) return undefined;
  return endpointOf(channelOf(subscription));
}

async function refreshOne(account: Account): Promise<void> {
  const signer = await signerOf(account);
  if (!signer) return;
  const reply = await (await service()).device(signer);
  if (!reply.ok) {
    if (reply.problem.code === "device.removed") await markRemoved(account.authenticatorId);
    return;
  }
  const { name, organization, userName, displayName, status, addedAt, channel } = reply.value;
  // The service drops a subscription that its push service refused: then it is made and announced again.
  const endpoint = channel === "web_push" ? account.endpoint : undefined;
  const change = { name, organization, userName, displayName, status, addedAt, endpoint };
  await changeAccount(account.authenticatorId, { ...change, unlocks: reply.value.unlocks });
  const present = await presentEndpoint().catch(() => undefined);
  if (present === endpoint) return;
  await announceChannel(await service(), { ...account, ...change }, await currentChannel());
}

/** Brings every account up to date with the service, its push channel included. */
export async function refreshDevices(): Promise<void> {
  for (const account of accounts.value.filter(isLive)) await refreshOne(account);
  await refreshAccounts();
  const on = await recallLock();
  if (accounts.value.some((account) => isLive(account) && (account.unlocks ?? false) !== on)) {
    await announceCapabilities();
  }
}

let pendingRefreshedAt = Number.NEGATIVE_INFINITY;

/** Lets the next look ask about accounts that were paired just now, without waiting. */
export function expectConfirmation(): void {
  pendingRefreshedAt = Number.NEGATIVE_INFINITY;
}

/** Asks whether an account that was paired just now is confirmed yet, at most every few seconds. */
export async function refreshPending(): Promise<void> {
  const pending = accounts.value.filter((account) => account.status === "pending");
  if (pending.length === 0 || performance.now() - pendingRefreshedAt < 4_000) return;
  pendingRefreshedAt = performance.now();
  for (const account of pending) await refreshOne(account);
  await refreshAccounts();
}

/** Subscribes this phone and tells the service, for all accounts. True when all of them are reached by push now. */
export async function turnPushOn(): Promise<boolean> {
  if (Notification.permission !== "granted" && (await Notification.requestPermission()) !== "granted")
    return false;
  if (!configuration.value) await loadConfiguration();
  const channel = await currentChannel();
  if (channel.kind === "none") return false;
  let all = true;
  for (const account of accounts.value.filter(isLive)) {
    all = (await announceChannel(await service(), account, channel)) && all;
  }
  await refreshAccounts();
  return all;
}

/** Ends this phone for an account, as on the security-info page; the refusal comes back as the service words it. */
export async function removeAccount(account: Account): Promise<Problem | undefined> {
  const signer = await signerOf(account);
  const reply: Reply<undefined> = signer
    ? await (await service()).remove(signer)
    : { ok: true, value: undefined };
  if (!reply.ok && reply.problem.code !== "device.removed") return reply.problem;
  await forget(account);
  return undefined;
}

/** Forgets an account on this phone only. */
export async function forget(account: Account): Promise<void> {
  await forgetAccount(account.authenticatorId);
  await refreshAccounts();
  if (accounts.value.some(isLive)) return;
  // Nobody is left to be told anything: the browser's subscription goes too.
  const worker = await registration();
  const subscription = await worker?.pushManager?.getSubscription().catch(() => null);
  await subscription?.unsubscribe().catch(() => false);
}
