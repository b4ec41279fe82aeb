// Asks again and again while something is awaited: sooner when the page is looked at, later while the network is away.
import { useSignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "./problem";

const FAILURES_SHOWN_AFTER = 3;

interface Poll {
  /** Whether there is anything to wait for. */
  active: boolean;
  every: number;
  /** Takes the answer where it belongs; hands back a problem that is not the end. */
  ask: (signal: AbortSignal) => Promise<Problem | undefined>;
}

/** The problem is told only when it stays; `now` asks at once. */
export function usePoll({ active, every, ask }: Poll): { problem: Problem | undefined; now: () => void } {
  const [round, setRound] = useState(0);
  const failures = useRef(0);
  const soon = useRef(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const question = useRef(ask);
  question.current = ask;

  // Not every value used is listed: each round schedules the next question
  useEffect(() => {
    if (!active) return;
    const abort = new AbortController();
    let asked = false;
    const askNow = async () => {
      if (asked) return;
      asked = true;
      clearTimeout(timer);
      const refused = await question.current(abort.signal);
      if (abort.signal.aborted) return;
      failures.current = refused ? failures.current + 1 : 0;
      problem.value = failures.current >= FAILURES_SHOWN_AFTER ? refused : undefined;
      setRound((count) => count + 1);
    };
    const pause = soon.current ? 0 : every * Math.min(8, 2 ** failures.current);
    soon.current = false;
    const timer = setTimeout(askNow, pause);
    const seen = () => {
      if (document.visibilityState === "visible") void askNow();
    };
    document.addEventListener("visibilitychange", seen);
    return () => {
      clearTimeout(timer);
      abort.abort();
      document.removeEventListener("visibilitychange", seen);
    };
  }, [active, every, round]);

  const now = () => {
    soon.current = true;
    setRound((count) => count + 1);
  };
  return { problem: problem.value, now };
}
