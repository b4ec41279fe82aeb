// The test prompt: the phone counts only after it has been used once.
import { useSignal } from "@preact/signals";
import type { Enrollment } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { Countdown } from "../../kit/components/countdown";
import { Notice, ProblemNotice } from "../../kit/components/notice";
import { NumberDisplay, spokenDigits } from "../../kit/components/number-display";
import { portal } from "../../kit/texts/portal";
import { problemText } from "../../kit/texts/problems";
import type { Ceremony } from "./ceremony";

const t = portal.add;

export function TestNumber({ enrollment, ceremony }: { enrollment: Enrollment; ceremony: Ceremony }) {
  const busy = useSignal(false);
  const prompt = enrollment.prompts.find((item) => item.kind === "number");
  const newNumber = async () => {
    busy.value = true;
    await ceremony.newNumber();
    busy.value = false;
  };
  const problem = ceremony.problem.value ?? ceremony.lost;
  if (!prompt) {
    const ended = problemText(enrollment.ended ?? { code: "challenge.expired", detail: "", fix: "" });
    return (
      <>
        {problem ? <ProblemNotice problem={problem} /> : null}
        <Notice tone="warning" title={ended.title}>
          {ended.text}
        </Notice>
        <p>
          <Button weight="primary" busy={busy.value} onClick={newNumber}>
            {t.newNumber}
          </Button>
        </p>
      </>
    );
  }
  return (
    <div class="narrow">
      <NumberDisplay number={prompt.number} spoken={spokenDigits(prompt.number)} />
      <Countdown key={prompt.prompt_id} until={prompt.expires_at} onEnd={ceremony.look} />
      {problem ? <ProblemNotice problem={problem} tone="warning" /> : null}
      <p class="waiting" role="status">
        <span class="pulse" aria-hidden="true" /> {t.testWaiting}
      </p>
    </div>
  );
}
