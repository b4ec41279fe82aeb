// A prompt is on: draws it, watches for the answer, and offers other ways.
import type { SignIn } from "../kit/api-types";
import { Button } from "../kit/components/button";
import { Notice, ProblemNotice } from "../kit/components/notice";
import { usePoll } from "../kit/poll";
import { problemText } from "../kit/texts/problems";
import { signIn as t } from "../kit/texts/sign-in";
import { Alternatives } from "./alternatives";
import { cancel, poll } from "./flow";
import { drawPrompt } from "./prompts";

const POLL_MS = 2000;

export function Waiting({ signIn }: { signIn: SignIn }) {
  const { problem, now } = usePoll({
    active: signIn.prompts.some((prompt) => prompt.kind === "number"),
    every: signIn.poll_after_ms ?? POLL_MS,
    ask: poll,
  });
  // Why another way is asked for than the usual one: requests are paused, say.
  const instead = signIn.ended ? problemText(signIn.ended) : undefined;
  return (
    <>
      {instead ? (
        <Notice tone="warning" title={instead.title}>
          {instead.text}
        </Notice>
      ) : null}
      {signIn.prompts.map((prompt) => drawPrompt(prompt, now))}
      {problem ? <ProblemNotice problem={problem} tone="warning" /> : null}
      {signIn.without_password ? null : <Alternatives key={signIn.prompts[0]?.kind} signIn={signIn} folded />}
      <Button weight="quiet" wide onClick={cancel}>
        {signIn.without_password ? t.usePassword : t.cancel}
      </Button>
    </>
  );
}
