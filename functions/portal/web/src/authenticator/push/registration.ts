// Registers the service worker, the one script address that this page ever sets.

const WORKER = "/authenticator/sw.js";
const SCOPE = "/authenticator";

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

/** The only address that becomes a trusted one is our own worker's; the page's policy allows no second policy. */
function trustedWorker(): string {
  const trusted = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (!trusted) return WORKER;
  const policy = trusted.createPolicy("countersign", {
    createScriptURL(url) {
      if (url !== WORKER) throw new TypeError("not the service worker");
      return url;
    },
  });
  return policy.createScriptURL(WORKER) as string;
}

let registering: Promise<ServiceWorkerRegistration | undefined> | undefined;

/** The registration; nothing where the browser has no service workers or refuses them (a private window). */
export function registration(): Promise<ServiceWorkerRegistration | undefined> {
  registering ??= register();
  return registering;
}

async function register(): Promise<ServiceWorkerRegistration | undefined> {
  if (!("serviceWorker" in navigator)) return undefined;
  try {
    return await navigator.serviceWorker.register(trustedWorker(), { scope: SCOPE, updateViaCache: "none" });
  } catch {
    return undefined;
  }
}

/** Calls back when the worker says that there may be something to see. */
export function onLook(look: () => void): void {
  navigator.serviceWorker?.addEventListener("message", (event: MessageEvent<unknown>) => {
    if ((event.data as { type?: unknown } | null)?.type === "look") look();
  });
}

/** Takes down notifications whose request is over; one that is open keeps its own. */
export async function clearNotifications(except?: string): Promise<void> {
  const shown = (await (await registration())?.getNotifications()) ?? [];
  for (const notification of shown) if (notification.tag !== except) notification.close();
}
