// Looks for requests again and again while the app can be seen, and not at all while it cannot.
import { refreshPending } from "../account-actions";
import { onLook } from "../push/registration";
import { isLive } from "../push/renew";
import { accounts } from "../state";
import { isAnswering } from "./answer";
import { lookOnce } from "./look";
import { afterFailure, afterQuiet } from "./schedule";

let timer: ReturnType<typeof setTimeout> | undefined;
let looking = false;
let again = false;
let failures = 0;
let quietSince = 0;

function visible(): boolean {
  return document.visibilityState === "visible";
}

let running: Promise<void> = Promise.resolve();

function look(): Promise<void> {
  clearTimeout(timer);
  if (looking) again = true;
  else running = run();
  return running;
}

async function run(): Promise<void> {
  if (!visible() || !accounts.value.some(isLive)) return;
  looking = true;
  let wait: number;
  try {
    const found = await lookOnce(isAnswering);
    if (found.waiting.length > 0) quietSince = performance.now();
    failures = found.problem ? failures + 1 : 0;
    wait = found.problem
      ? afterFailure(failures, found.problem, Math.random())
      : afterQuiet(found.pollAfterMs, performance.now() - quietSince);
    if (!found.problem) await refreshPending();
  } catch {
    wait = 5_000;
  } finally {
    looking = false;
  }
  if (again) {
    again = false;
    void look();
  } else {
    timer = setTimeout(() => void look(), wait);
  }
}

/** Looks at once, and often for a while: something may have come. */
export function lookNow(): Promise<void> {
  quietSince = performance.now();
  failures = 0;
  return look();
}

/** Starts looking; the visibility of the app and the service worker say when. */
export function startLooking(): void {
  document.addEventListener("visibilitychange", () => {
    if (visible()) void lookNow();
    else clearTimeout(timer);
  });
  addEventListener("online", () => void lookNow());
  addEventListener("focus", () => void lookNow());
  onLook(() => void lookNow());
  void lookNow();
}
