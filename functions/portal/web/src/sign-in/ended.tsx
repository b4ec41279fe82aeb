// The prompt that was on is over: what happened in plain words, and the way on.
import { useSignal } from "@preact/signals";
import type { Ended, SignIn } from "../kit/api-types";
import { Button } from "../kit/components/button";
import { Icon, type IconName } from "../kit/components/icon";
import { ProblemNotice } from "../kit/components/notice";
import { Heading } from "../kit/components/page";
import type { Problem } from "../kit/problem";
import { problemText } from "../kit/texts/problems";
import { signIn as t } from "../kit/texts/sign-in";
import { Alternatives } from "./alternatives";
import { cancel, sendNumber } from "./flow";

/** No new number may be sent for a while after these. */
const PAUSED = new Set(["prompt.muted", "challenge.reported"]);

const ICONS: Record<string, IconName> = {
  "challenge.expired": "clock",
  "challenge.denied": "cross",
  "challenge.reported": "shield",
  "prompt.muted": "pause",
};

export function EndedStep({ signIn, ended }: { signIn: SignIn; ended: Ended }) {
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const { title, text } = problemText(ended);
  const paused = PAUSED.has(ended.code) || problem.value?.code === "prompt.muted";

  const newNumber = async () => {
    busy.value = true;
    problem.value = await sendNumber();
    busy.value = false;
  };

  return (
    <>
      <span class={`ended-mark${PAUSED.has(ended.code) ? " ended-paused" : ""}`}>
        <Icon name={ICONS[ended.code] ?? "warning"} size={28} />
      </span>
      <Heading title={title} focus />
      <p class="lead" role="status">
        {text}
      </p>
      {problem.value ? <ProblemNotice problem={problem.value} /> : null}
      {paused ? null : (
        <Button weight="primary" wide busy={busy.value} onClick={newNumber}>
          {t.newNumber}
        </Button>
      )}
      {signIn.without_password ? null : (
        <Alternatives
          signIn={
            paused
              ? { ...signIn, alternatives: signIn.alternatives.filter((way) => way.prompt !== "number") }
              : signIn
          }
          folded={!paused}
        />
      )}
      <Button weight="quiet" wide onClick={cancel}>
        {signIn.without_password ? t.usePassword : t.cancel}
      </Button>
    </>
  );
}
