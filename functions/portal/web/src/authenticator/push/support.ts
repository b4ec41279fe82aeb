// Says whether this browser can be pushed to, and if not, what stands in the way.
import { isApplePhone } from "../device/model";

export type Support =
  /** Allowed already. */
  | "granted"
  /** The member can be asked. */
  | "askable"
  /** The member or the browser said no; only the browser's settings can change that. */
  | "denied"
  /** An Apple phone gives pushes only to the app on the home screen. */
  | "needs_install"
  | "unsupported";

/** Whether the app runs on its own, opened from the home screen or a launcher. */
export function isInstalled(): boolean {
  const standalone = (navigator as { standalone?: boolean }).standalone === true;
  return standalone || matchMedia("(display-mode: standalone)").matches;
}

export function isAppleBrowser(): boolean {
  return isApplePhone(navigator.userAgent, navigator.maxTouchPoints) && !isInstalled();
}

export function pushSupport(): Support {
  const able = "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
  if (!able) return isAppleBrowser() ? "needs_install" : "unsupported";
  if (Notification.permission === "granted") return "granted";
  return Notification.permission === "denied" ? "denied" : "askable";
}
