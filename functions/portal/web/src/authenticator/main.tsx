// Starts the web authenticator: accounts from the phone first, then the service.
import "./authenticator.css";
import "../kit/components/icons-inside";
import { render } from "preact";
import { loadConfiguration, recallConfiguration, refreshDevices } from "./account-actions";
import { App } from "./app";
import { listenForOffer } from "./install";
import { dismissFailure } from "./pairing";
import { startLooking } from "./prompts/poller";
import { registration } from "./push/registration";
import { startRouting } from "./route";
import { persisted, refreshAccounts, started } from "./state";

const STALE_MS = 10 * 60_000;
let broughtAt = 0;

/** Reads what may have changed at the service: its keys, the accounts, whether it still reaches this phone by push. */
async function bringUpToDate(): Promise<void> {
  if (performance.now() - broughtAt < STALE_MS && broughtAt > 0) return;
  broughtAt = performance.now();
  const problem = await loadConfiguration();
  if (problem) broughtAt = 0;
  else await refreshDevices();
}

async function start(root: HTMLElement): Promise<void> {
  listenForOffer();
  startRouting(dismissFailure);
  await refreshAccounts();
  root.replaceChildren();
  render(<App />, root);
  void registration();
  startLooking();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void bringUpToDate();
  });
  persisted.value = await navigator.storage?.persisted?.().catch(() => undefined);
  await recallConfiguration().catch(() => {});
  await bringUpToDate();
}

const root = document.getElementById("app");
if (root && !started.value) void start(root);
