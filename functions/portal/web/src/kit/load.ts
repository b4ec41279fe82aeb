// Loads what a page shows, and always ends: in the value, or in a problem with a way to try again.
import { type Signal, useSignal } from "@preact/signals";
import { useCallback, useEffect } from "preact/hooks";
import type { Problem, Result } from "./problem";

export type Load<T> =
  | { state: "loading" }
  | { state: "ready"; value: T }
  | { state: "failed"; problem: Problem };

export interface Loader<T> {
  load: Signal<Load<T>>;
  /** Asks again; what is shown stays until the answer is there. */
  refresh: () => Promise<void>;
  /** Asks again from an error, showing that it is loading. */
  retry: () => void;
  set: (value: T) => void;
}

export function useLoad<T>(ask: () => Promise<Result<T>>, key = ""): Loader<T> {
  const load = useSignal<Load<T>>({ state: "loading" });
  // Not every value used is listed: the key says when the question is another one
  const refresh = useCallback(async () => {
    const answer = await ask();
    if (answer.ok) load.value = { state: "ready", value: answer.value };
    else load.value = { state: "failed", problem: answer.problem };
  }, [key]);
  useEffect(() => {
    load.value = { state: "loading" };
    void refresh();
  }, [refresh, load]);
  return {
    load,
    refresh,
    retry: () => {
      load.value = { state: "loading" };
      void refresh();
    },
    set: (value) => {
      load.value = { state: "ready", value };
    },
  };
}
