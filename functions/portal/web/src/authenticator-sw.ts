// The service worker of the web authenticator: shows pushes, opens the app, renews the channel, serves the app offline.
import { channelOf, subscribe } from "./authenticator/push/channel";
import { readPayload } from "./authenticator/push/payload";
import { announceChannel, isLive, makeClient } from "./authenticator/push/renew";
import { listAccounts } from "./authenticator/store/accounts";
import { getSetting } from "./authenticator/store/settings";
import { fallbackNotice } from "./authenticator/worker/notice";
import { dropOldShells, keepShell, PAGE, serveAsset, servePage } from "./authenticator/worker/shell";

declare const self: ServiceWorkerGlobalScope;
/** The files that the page needs at once; the build writes them in. */
declare const __PRECACHE__: string[];

const FILES = __PRECACHE__;

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell(FILES).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells(FILES).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname === PAGE) event.respondWith(servePage(request, FILES));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(serveAsset(request, FILES));
});

/** The app's open windows, whether this worker serves them yet or not. */
async function windows(): Promise<WindowClient[]> {
  const all = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return all.filter((client) => new URL(client.url).pathname === PAGE);
}

// The payload names no number, person or place, and neither does what is shown here: a locked screen is public.
self.addEventListener("push", (event) => {
  const notice = readPayload(event.data?.text(), fallbackNotice(navigator.languages));
  const show = async () => {
    const open = await windows();
    const looking = open.some((window) => window.focused);
    await self.registration.showNotification(notice.title, {
      body: notice.body,
      tag: notice.tag,
      icon: "/authenticator/icon-192.png",
      badge: "/authenticator/badge-96.png",
      requireInteraction: true,
      silent: looking,
    });
    for (const window of open) window.postMessage({ type: "look" });
  };
  event.waitUntil(show());
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const open = async () => {
    const [window] = await windows();
    if (!window) {
      await self.clients.openWindow(PAGE);
      return;
    }
    window.postMessage({ type: "look" });
    await window.focus();
  };
  event.waitUntil(open());
});

interface SubscriptionChange extends ExtendableEvent {
  readonly newSubscription: PushSubscription | null;
}

// The browser gave the subscription another address. What fails here is made good when the app is opened.
self.addEventListener("pushsubscriptionchange", (event) => {
  const change = event as SubscriptionChange;
  const renew = async () => {
    const vapidKey = await getSetting("vapidKey");
    const made =
      change.newSubscription ?? (vapidKey ? await subscribe(self.registration.pushManager, vapidKey) : null);
    const client = await makeClient(self.location.origin);
    for (const account of (await listAccounts()).filter(isLive)) {
      if (account.endpoint) await announceChannel(client, account, channelOf(made));
    }
  };
  change.waitUntil(renew());
});
