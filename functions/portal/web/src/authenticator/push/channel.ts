// Says where pushes for this phone go, in the protocol's words.
import { fromBase64url, toBase64url } from "../device/bytes";
import type { Channel } from "../device/shapes";

export const NO_CHANNEL: Channel = { kind: "none" };

/** The channel of a browser's subscription; one without its keys cannot be encrypted to and counts as none. */
export function channelOf(subscription: PushSubscription | null): Channel {
  const p256dh = subscription?.getKey("p256dh");
  const auth = subscription?.getKey("auth");
  if (!subscription || !p256dh || !auth) return NO_CHANNEL;
  return {
    kind: "web_push",
    endpoint: subscription.endpoint,
    p256dh: toBase64url(new Uint8Array(p256dh)),
    auth: toBase64url(new Uint8Array(auth)),
  };
}

export function endpointOf(channel: Channel): string | undefined {
  return channel.kind === "web_push" ? channel.endpoint : undefined;
}

/** Whether the subscription was made for this service's key; after a change of the key it hears nothing any more. */
export function servesKey(subscription: PushSubscription, vapidKey: string): boolean {
  const made = subscription.options.applicationServerKey;
  return !made || toBase64url(new Uint8Array(made)) === vapidKey.replaceAll("=", "");
}

/** Subscribes, or gives the subscription that there is. Throws when the browser will not. */
export async function subscribe(manager: PushManager, vapidKey: string): Promise<PushSubscription> {
  const present = await manager.getSubscription();
  if (present && servesKey(present, vapidKey)) return present;
  await present?.unsubscribe();
  return manager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: fromBase64url(vapidKey.replaceAll("=", "")),
  });
}
