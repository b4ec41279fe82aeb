// The fine woven lines of certificates and banknotes, computed: the pages' one ornament.
import { useMemo } from "preact/hooks";

/** One closed line: a circle whose radius swings, turned a little further for each line of the weave. */
function line(turn: number, lobes: number, depth: number): string {
  const steps = 240;
  let path = "";
  for (let step = 0; step <= steps; step += 1) {
    const angle = (step / steps) * 2 * Math.PI;
    const radius = 62 + depth * Math.sin(lobes * angle + turn) + 9 * Math.cos(3 * angle - turn);
    const x = (100 + radius * Math.cos(angle)).toFixed(1);
    const y = (100 + radius * Math.sin(angle)).toFixed(1);
    path += `${step === 0 ? "M" : "L"}${x} ${y}`;
  }
  return `${path}Z`;
}

export function Guilloche({ lines = 18 }: { lines?: number }) {
  const path = useMemo(
    () => Array.from({ length: lines }, (_, index) => line((index / lines) * Math.PI * 2, 8, 20)).join(""),
    [lines],
  );
  return (
    <svg class="guilloche" viewBox="0 0 200 200" aria-hidden="true" preserveAspectRatio="xMidYMid slice">
      <path d={path} />
    </svg>
  );
}
