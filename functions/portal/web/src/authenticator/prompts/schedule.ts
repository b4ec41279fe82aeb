// Decides how long to wait before the service is asked again.
import { isPassing, type Problem } from "../device/problem";

const EAGER_MS = 2 * 60_000;
const CALM_MS = 10 * 60_000;
const LONGEST_FAILURE_MS = 30_000;

/**
 * The wait after an answer without a prompt. While something may be about to come (the app was just opened, a push
 * arrived) it is what the service asks for; later it grows, because an app that lies open costs a request each time.
 */
export function afterQuiet(pollAfterMs: number, quietForMs: number): number {
  const asked = Math.min(Math.max(pollAfterMs, 500), 60_000);
  if (quietForMs < EAGER_MS) return asked;
  return Math.max(asked, quietForMs < CALM_MS ? 8_000 : 20_000);
}

/** The wait after the nth failure in a row: doubling, spread so that phones do not come back all at once. */
export function afterFailure(failures: number, problem: Problem, chance: number): number {
  if (problem.retryAfterMs !== undefined) return Math.min(Math.max(problem.retryAfterMs, 1000), 10 * 60_000);
  const doubled = Math.min(2000 * 2 ** Math.max(failures - 1, 0), LONGEST_FAILURE_MS);
  const wait = isPassing(problem) ? doubled : LONGEST_FAILURE_MS;
  return Math.round(wait * (0.75 + chance / 2));
}
