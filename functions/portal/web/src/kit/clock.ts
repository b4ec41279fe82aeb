// Knows the server's time, so that a countdown is right on a device whose clock is not.
let offset = 0;

/** Learns from an answer's `Date` header; whole seconds, so small differences are left alone. */
export function learnTime(header: string | null, now = Date.now()): void {
  const server = header ? Date.parse(header) : Number.NaN;
  if (!Number.isNaN(server)) offset = Math.abs(server - now) > 2000 ? server - now : 0;
}

/** The server's time in milliseconds. */
export function serverNow(): number {
  return Date.now() + offset;
}
