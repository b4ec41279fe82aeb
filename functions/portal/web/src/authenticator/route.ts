// Which screen is on, kept in the address's fragment so that the phone's back button works.
import { signal } from "@preact/signals";
import { navigations } from "../kit/navigations";
import { codeFromFragment } from "./device/code";

export type Route =
  | { screen: "home" | "add" | "scan" | "type" | "add-code" | "settings" }
  | { screen: "account" | "move" | "code"; id: string }
  | { screen: "confirm"; code: string };

const PLAIN = ["add", "scan", "type", "add-code", "settings"] as const;
const OF_ONE = ["account", "move", "code"] as const;

/** The screen that a fragment names; home for one that means nothing. */
export function parseRoute(fragment: string): Route {
  const code = codeFromFragment(fragment);
  if (code) return { screen: "confirm", code };
  const [, first = "", second = ""] = fragment.replace(/^#/, "").split("/");
  const ofOne = OF_ONE.find((name) => name === first);
  if (ofOne && second) return { screen: ofOne, id: decodeURIComponent(second) };
  const plain = PLAIN.find((name) => name === first);
  return { screen: plain ?? "home" };
}

function hrefOf(route: Route): string {
  if (route.screen === "home") return location.pathname;
  if ("id" in route) return `#/${route.screen}/${encodeURIComponent(route.id)}`;
  return `#/${route.screen}`;
}

export const route = signal<Route>({ screen: "home" });

function read(): void {
  route.value = parseRoute(location.hash);
  // A code is good for one use and nobody else's business: it leaves the address and the history at once.
  if (route.value.screen === "confirm") history.replaceState(null, "", location.pathname);
}

/** Follows the address from now on; `onMove` is told when the member goes back or opens a link. */
export function startRouting(onMove: () => void): void {
  read();
  addEventListener("popstate", () => {
    read();
    onMove();
    navigations.value += 1;
  });
}

/** Goes to a screen; `replace` leaves nothing to come back to. */
export function go(next: Route, { replace = false } = {}): void {
  if (replace) history.replaceState(history.state, "", hrefOf(next));
  else history.pushState({ inside: true }, "", hrefOf(next));
  route.value = next;
  navigations.value += 1;
  scrollTo(0, 0);
}

/** Back to where one was in the app; to the list when one came from outside. */
export function goBack(): void {
  if ((history.state as { inside?: boolean } | null)?.inside) history.back();
  else goHome();
}

/** Back to the list, however deep one is. */
export function goHome(): void {
  go({ screen: "home" }, { replace: true });
}
