// Loads a part of the app when it is first opened; a load that fails can be tried again. Where another part can stand in the same place, each
// needs a key of its own: what one has loaded would be drawn as the other.
import type { ComponentChildren } from "preact";
import { useLoad } from "../load";
import { localProblem, type Result } from "../problem";
import { Loaded } from "./loaded";

interface LaterProps<T> {
  load: () => Promise<T>;
  draw: (part: T) => ComponentChildren;
}

export function Later<T>({ load, draw }: LaterProps<T>) {
  const loader = useLoad<T>(() =>
    load().then(
      (value): Result<T> => ({ ok: true, value }),
      (): Result<T> => ({ ok: false, problem: localProblem("network.unreachable") }),
    ),
  );
  return <Loaded loader={loader}>{draw}</Loaded>;
}
