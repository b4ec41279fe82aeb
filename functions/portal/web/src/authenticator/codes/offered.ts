// Carries a scanned or pasted `otpauth:` text to the screen that asks about it. It holds a secret, so it is in no address.
import { signal } from "@preact/signals";
import { go } from "../route";

export const offered = signal<string | undefined>(undefined);

/** Asks about what was read, in place of the screen that read it. */
export function offerCode(text: string): void {
  offered.value = text;
  go({ screen: "add-code" }, { replace: true });
}
