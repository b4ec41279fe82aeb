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

/** Clocks that are not corrected differ by as much, and a `Date` header is up to a second old. */
const SKEW_SECONDS = 3;
const ROUND_SECONDS = 30;

/** What a countdown starts from: two minutes are not "2:01" because two clocks disagree a little. */
export function withoutSkew(seconds: number): number {
  const over = seconds % ROUND_SECONDS;
  return seconds > ROUND_SECONDS && over < SKEW_SECONDS ? seconds - over : seconds;
}
