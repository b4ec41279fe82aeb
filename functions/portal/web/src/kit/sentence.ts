// Puts the service's own lower-case words, "unknown place", at the beginning of a line.

/** Begins a line with that text: a capital for "unknown …", and names, addresses and browsers as they are. */
export function beginning(text: string): string {
  return text.startsWith("unknown ") ? `U${text.slice(1)}` : text;
}
