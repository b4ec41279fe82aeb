// Stops a browser that is sent round and round between sign-in and the app: the third time within a minute ends it.

const KEY = "countersign.redirects";
const WINDOW_MS = 60_000;
const LIMIT = 3;

/** The redirects that still count, with this one added. */
export function countRedirects(earlier: readonly number[], now: number): { times: number[]; stop: boolean } {
  const times = [...earlier.filter((time) => now - time < WINDOW_MS && time <= now), now];
  return { times, stop: times.length >= LIMIT };
}

function keepsCookies(): boolean {
  try {
    // biome-ignore lint/suspicious/noDocumentCookie: a probe of whether this browser keeps cookies at all
    document.cookie = "cs-probe=1; path=/; SameSite=Strict; max-age=5";
    return document.cookie.includes("cs-probe=1");
  } catch {
    return false;
  }
}

/** Records a redirect to sign-in; answers with the code to stop with, or nothing when it may go on. */
export function recordRedirect(now = Date.now()): "session.loop" | "session.cookie_blocked" | undefined {
  if (!keepsCookies()) return "session.cookie_blocked";
  try {
    const earlier: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    const numbers = Array.isArray(earlier) ? earlier.filter((time) => typeof time === "number") : [];
    const { times, stop } = countRedirects(numbers, now);
    sessionStorage.setItem(KEY, JSON.stringify(stop ? [] : times));
    return stop ? "session.loop" : undefined;
  } catch {
    return "session.cookie_blocked";
  }
}

/** Forgets the count: a signed-in page was shown, so there is no loop. */
export function clearRedirects(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // A browser without storage has nothing to forget.
  }
}
