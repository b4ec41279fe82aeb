// A prompt is on: draws it, watches for the answer, and offers other ways.
import { useSignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { SignIn } from "../kit/api-types";
import { Button } from "../kit/components/button";
import { ProblemNotice } from "../kit/components/notice";
import { signIn as t } from "../kit/texts/sign-in";
import { Alternatives } from "./alternatives";
import { cancel, poll } from "./flow";
import { drawPrompt } from "./prompts";
import type { Problem } from "../kit/problem";

const POLL_MS = 2000;

/** Asks again while the sign-in waits, sooner when the page is looked at again, later while the network is away. */
function usePolling(signIn: SignIn): { problem: Problem | undefined; now: () => void } {
  const [round, setRound] = useState(0);
  const failures = useSignal(0);
  const problem = useSignal<Problem | undefined>(undefined);
  useEffect(() => {
    if (signIn.state !== "waiting" && !signIn.poll_after_ms) return;
    const abort = new AbortController();
    const ask = async () => {
      clearTimeout(timer);
      const refused = await poll(abort.signal);
      if (abort.signal.aborted) return;
      failures.value = refused ? failures.value + 1 : 0;
      problem.value = failures.value >= 3 ? refused : undefined;
      setRound((count) => count + 1);
    };
    const pause = signIn.poll_after_ms ?? POLL_MS;
    const timer = setTimeout(ask, pause * Math.min(8, 2 ** failures.value));
    const seen = () => {
      if (document.visibilityState === "visible") void ask();
    };
    document.addEventListener("visibilitychange", seen);
    return () => {
      clearTimeout(timer);
      abort.abort();
      document.removeEventListener("visibilitychange", seen);
    };
  }, [signIn, round, failures, problem]);
  return { problem: problem.value, now: () => setRound((count) => count + 1) };
}

export function Waiting({ signIn }: { signIn: SignIn }) {
  const { problem, now } = usePolling(signIn);
  return (
    <>
      {signIn.prompts.map((prompt) => drawPrompt(prompt, now))}
      {problem ? <ProblemNotice problem={problem} tone="warning" /> : null}
      <Alternatives signIn={signIn} folded />
      <Button weight="quiet" wide onClick={cancel}>
        {t.cancel}
      </Button>
    </>
  );
}
