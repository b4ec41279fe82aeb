// Remembers the browser's offer to install the app, to make it when the member asks.
import { signal } from "@preact/signals";

interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

export const offer = signal<InstallOffer | undefined>(undefined);

export function listenForOffer(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer.value = event as InstallOffer;
  });
  addEventListener("appinstalled", () => {
    offer.value = undefined;
  });
}

/** Makes the browser ask; the offer is good once. */
export async function install(): Promise<void> {
  const made = offer.value;
  offer.value = undefined;
  await made?.prompt();
}
