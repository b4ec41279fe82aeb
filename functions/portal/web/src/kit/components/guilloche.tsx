// The fine woven lines of certificates and banknotes, computed: the pages' one ornament.
import { useMemo } from "preact/hooks";

/** One closed line: a circle whose radius swings; each line of a band swings a little later than the one before. */
function line(radius: number, swing: number, lobes: number, phase: number): string {
  const steps = lobes * 20;
  let path = "";
  for (let step = 0; step <= steps; step += 1) {
    const angle = (step / steps) * 2 * Math.PI;
    const distance = radius + swing * Math.sin(lobes * angle + phase);
    const x = (100 + distance * Math.cos(angle)).toFixed(1);
    const y = (100 + distance * Math.sin(angle)).toFixed(1);
    path += `${step === 0 ? "M" : "L"}${x} ${y}`;
  }
  return `${path}Z`;
}

function band(lines: number, radius: number, swing: number, lobes: number): string {
  return Array.from({ length: lines }, (_, index) =>
    line(radius, swing, lobes, (index / lines) * 2 * Math.PI),
  ).join("");
}

/** The band around a number; `full` weaves another inside it. */
export function Guilloche({ full, lines = 16 }: { full?: boolean; lines?: number }) {
  const path = useMemo(() => {
    const outer = band(lines, 72, 20, 9);
    return full ? outer + band(14, 36, 13, 7) : outer;
  }, [full, lines]);
  return (
    <svg class="guilloche" viewBox="0 0 200 200" aria-hidden="true" preserveAspectRatio="xMidYMid slice">
      <path d={path} />
    </svg>
  );
}
