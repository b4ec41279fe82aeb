// A small label on a row: a state or a property, never an action.
import type { ComponentChildren } from "preact";
import type { Tone } from "./notice";

export function Badge({ tone, children }: { tone?: Tone | "accent"; children: ComponentChildren }) {
  return <span class={`badge${tone ? ` badge-${tone}` : ""}`}>{children}</span>;
}
