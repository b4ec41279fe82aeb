// Tells the service where pushes go now, for each account; the page and the service worker both do it.

import { DeviceClient } from "../device/client";
import { ServiceClock } from "../device/clock";
import type { Channel } from "../device/shapes";
import { type Account, changeAccount, markRemoved } from "../store/accounts";
import { keyOf } from "../store/keys";
import { getSetting, setSetting } from "../store/settings";
import { endpointOf } from "./channel";

/** A client whose clock is what was learnt last time. */
export async function makeClient(origin: string): Promise<DeviceClient> {
  const offset = (await getSetting("clockOffset").catch(() => 0)) ?? 0;
  const remember = (learnt: number) => void setSetting("clockOffset", learnt).catch(() => {});
  return new DeviceClient(origin, new ServiceClock(Date.now, offset, remember));
}

/** Who signs for an account; an account whose key the browser has lost is marked so. */
export async function signerOf(account: Account) {
  const key = await keyOf(account.authenticatorId);
  if (key) return { accountId: account.accountId, authenticatorId: account.authenticatorId, key };
  if (account.status !== "removed") await changeAccount(account.authenticatorId, { status: "lost" });
  return undefined;
}

/** Whether the account can still answer. */
export function isLive(account: Account | undefined): boolean {
  return account?.status === "pending" || account?.status === "active";
}

/** Sets the channel of one account; true when the service has it. */
export async function announceChannel(
  client: DeviceClient,
  account: Account,
  channel: Channel,
): Promise<boolean> {
  const signer = await signerOf(account);
  if (!signer) return false;
  const reply = await client.setChannel(signer, channel);
  if (reply.ok) await changeAccount(account.authenticatorId, { endpoint: endpointOf(channel) });
  else if (reply.problem.code === "device.removed") await markRemoved(account.authenticatorId);
  return reply.ok;
}
