// Loads a part of the app when it is first opened; a load that fails can be tried again.
import type { ComponentChildren } from "preact";
import { useLoad } from "../load";
import { localProblem, type Result } from "../problem";
import { Loaded } from "./loaded";

interface PartProps<T> {
  load: () => Promise<T>;
  draw: (part: T) => ComponentChildren;
}

function Part<T>({ load, draw }: PartProps<T>) {
  const loader = useLoad<T>(() =>
    load().then(
      (value): Result<T> => ({ ok: true, value }),
      (): Result<T> => ({ ok: false, problem: localProblem("network.unreachable") }),
    ),
  );
  return <Loaded loader={loader}>{draw}</Loaded>;
}

interface LaterProps<T> extends PartProps<T> {
  /** What is loaded, in its place: another part that stands there later starts afresh, and is never drawn with what this one loaded. */
  of: string;
}

export function Later<T>({ of, load, draw }: LaterProps<T>) {
  return <Part key={of} load={load} draw={draw} />;
}
