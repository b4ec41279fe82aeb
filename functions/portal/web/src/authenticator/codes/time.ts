// Says by which clock codes are made: the service's as far as it is known, the phone's own without a network.
import { offline, service } from "../state";

/**
 * The correction of the phone's clock in milliseconds. Without a network there is none: what was learnt earlier may be of a clock
 * that was set right since.
 */
export async function clockCorrection(): Promise<number> {
  if (offline.value || !navigator.onLine) return 0;
  return (await service()).clock.correction;
}
