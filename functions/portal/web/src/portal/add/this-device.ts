// What people call the authenticator of the device they sit at.
import { passkeys as t } from "../../kit/texts/passkeys";

/** By the system that the browser runs on; it only names, and decides nothing. */
export function nameFor(userAgent: string, touches: number): string {
  if (/Windows/.test(userAgent)) return t.here.windows;
  if (/Android/.test(userAgent)) return t.here.android;
  // A tablet of theirs says that it is a desktop; no desktop of theirs has a screen to touch.
  if (/iPhone|iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && touches > 1)) return t.here.apple;
  if (/Macintosh/.test(userAgent)) return t.here.mac;
  return t.here.other;
}

export const thisDevice = (): string => nameFor(navigator.userAgent, navigator.maxTouchPoints);
