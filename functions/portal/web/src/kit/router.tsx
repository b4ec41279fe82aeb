// A small router on the browser's history: the path is a signal, links change it without a new document.
import { computed, signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { navigations } from "./navigations";

const address = signal(typeof location === "undefined" ? "/" : location.pathname + location.search);

export const path = computed(() => address.value.split("?")[0] ?? "/");
export const query = computed(() => new URLSearchParams(address.value.split("?")[1] ?? ""));

if (typeof addEventListener !== "undefined") {
  addEventListener("popstate", () => {
    address.value = location.pathname + location.search;
    navigations.value += 1;
  });
}

/** Goes to another page of this document. */
export function navigate(to: string): void {
  history.pushState(null, "", to);
  address.value = location.pathname + location.search;
  navigations.value += 1;
  scrollTo(0, 0);
}

/** Changes the address without a new entry in the history: what is shown stays the same page. */
export function replaceAddress(to: string): void {
  history.replaceState(null, "", to);
  address.value = location.pathname + location.search;
}

interface LinkProps {
  class?: string;
  "aria-current"?: "page" | undefined;
  "aria-label"?: string;
  href: string;
  children: ComponentChildren;
}

/** A link within this document; a press with a modifier key is left to the browser. */
export function Link({ href, children, ...rest }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href);
  };
  return (
    <a href={href} onClick={follow} {...rest}>
      {children}
    </a>
  );
}
