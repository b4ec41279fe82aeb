// Keeps the difference between this phone's clock and the service's, which signs no message older than 90 seconds.

/** Differences below this are not worth a correction: the header counts whole seconds and travel takes time. */
const TOLERANCE_MS = 5_000;

/**
 * How far the service's clock is ahead, from an answer's `Date` (and `Age`, when a cache gave it) and the phone's
 * time at its arrival. Nothing when the answer does not say.
 */
export function offsetFrom(headers: Headers, arrivedAt: number): number | undefined {
  const date = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(date)) return undefined;
  const age = Number(headers.get("age") ?? 0);
  return date + (Number.isFinite(age) ? age * 1000 : 0) - arrivedAt;
}

/** The service's time as this phone reckons it. */
export class ServiceClock {
  constructor(
    private readonly phone: () => number,
    private offset = 0,
    private readonly remember: (offset: number) => void = () => {},
  ) {}

  /** Milliseconds since the epoch, as the service counts. */
  now(): number {
    return this.phone() + this.offset;
  }

  /** Seconds since the epoch, for a message. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** How far the phone's clock is off, in milliseconds. */
  get correction(): number {
    return this.offset;
  }

  /** Learns from an answer; true when the clock was corrected. */
  learn(headers: Headers): boolean {
    const found = offsetFrom(headers, this.phone());
    if (found === undefined || Math.abs(found - this.offset) < TOLERANCE_MS) return false;
    this.offset = Math.abs(found) < TOLERANCE_MS ? 0 : found;
    this.remember(this.offset);
    return true;
  }
}
