// For how long a pass can be good: the usual lengths that policy allows, and its default.
import type { PassAllowed } from "../../kit/api-types";
import { passes as t } from "../../kit/texts/passes";

const HOUR = 60;
const DAY = 24 * HOUR;
const USUAL = [10, 30, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY];

type Bounds = Pick<PassAllowed, "default_lifetime_minutes" | "min_lifetime_minutes" | "max_lifetime_minutes">;

/** Minutes, shortest first; the bounds themselves are among them. */
export function lifetimes(allowed: Bounds): number[] {
  const {
    default_lifetime_minutes: usual,
    min_lifetime_minutes: least,
    max_lifetime_minutes: most,
  } = allowed;
  const within = [...USUAL, usual, least, most].filter((minutes) => minutes >= least && minutes <= most);
  return [...new Set(within)].sort((a, b) => a - b);
}

export function lifetimeText(minutes: number): string {
  if (minutes % DAY === 0) return t.days(minutes / DAY);
  return minutes % HOUR === 0 ? t.hours(minutes / HOUR) : t.minutes(minutes);
}
