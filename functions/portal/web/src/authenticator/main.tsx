// Starts the web authenticator: accounts from the phone first, then the service.
import "./authenticator.css";
import { render } from "preact";
import { loadConfiguration, refreshDevices } from "./account-actions";
import { App } from "./app";
import { listenForOffer } from "./install";
import { startLooking } from "./prompts/poller";
import { registration } from "./push/registration";
import { startRouting } from "./route";
import { persisted, refreshAccounts, started } from "./state";

async function start(root: HTMLElement): Promise<void> {
  listenForOffer();
  startRouting();
  await refreshAccounts();
  root.replaceChildren();
  render(<App />, root);
  void registration();
  startLooking();
  persisted.value = await navigator.storage?.persisted?.().catch(() => undefined);
  await loadConfiguration();
  await refreshDevices();
}

const root = document.getElementById("app");
if (root && !started.value) void start(root);
