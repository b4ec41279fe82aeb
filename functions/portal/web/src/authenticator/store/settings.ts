// Keeps what is true of this installation and not of one account.
import { randomId } from "../device/bytes";
import { read, write } from "./database";

interface Settings {
  /** Names this installation, so that pairing it again replaces the older entry. */
  installation: string;
  /** How far the service's clock is ahead of this phone's, in milliseconds. */
  clockOffset: number;
  /** The name that the member gave this phone. */
  model: string;
  /** The organization's name and help link, as last read, to show while offline. */
  organization: string;
  helpUrl: string;
  /** The key that the service signs its pushes with. */
  vapidKey: string;
  /** The credential that the screen lock is asked for by; empty when it was turned off. */
  lock: ArrayBuffer;
}

type Name = keyof Settings;

export function getSetting<N extends Name>(name: N): Promise<Settings[N] | undefined> {
  return read<Settings[N] | undefined>("settings", (store) => store.get(name));
}

export function setSetting<N extends Name>(name: N, value: Settings[N]): Promise<void> {
  return write(["settings"], (transaction) => transaction.objectStore("settings").put(value, name));
}

/** The id of this installation, made when it is first needed. */
export async function installationId(): Promise<string> {
  const known = await getSetting("installation");
  if (known) return known;
  const made = randomId();
  await setSetting("installation", made);
  return made;
}
