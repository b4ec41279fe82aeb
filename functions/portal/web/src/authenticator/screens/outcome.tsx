// Says how a request ended, in large type, and what follows from it.
import { Button, ButtonLink } from "../../kit/components/button";
import type { IconName } from "../../kit/components/icon";
import { Shell } from "../shell";
import { findAccount, justPaired, type Outcome, outcome } from "../state";
import { texts } from "../texts";
import { DeviceProblem, Sign } from "./parts";
import { canOfferPush } from "./push-step";

type Tone = "success" | "warning" | "danger" | "accent";

const SIGNS: Record<Outcome["kind"], [IconName, Tone]> = {
  approved: ["check", "success"],
  not_me: ["shield", "danger"],
  changed_mind: ["cross", "accent"],
  number_mismatch: ["warning", "danger"],
  expired: ["clock", "warning"],
  answered: ["info", "warning"],
  ended: ["info", "warning"],
  removed: ["warning", "danger"],
  refused: ["warning", "danger"],
};

function wordsOf(kind: Outcome["kind"], purpose: Outcome["prompt"]["purpose"]) {
  if (kind === "approved") return texts.outcome.approved[purpose];
  if (kind === "removed") return { title: texts.account.removedTitle, text: texts.account.removedText };
  return texts.outcome[kind];
}

export function OutcomeScreen({ outcome: { kind, prompt, problem } }: { outcome: Outcome }) {
  const t = texts.outcome;
  const { title, text } = wordsOf(kind, prompt.purpose);
  const [icon, tone] = SIGNS[kind];
  const paired = justPaired.value;
  const tested = kind === "approved" && prompt.purpose === "test";
  const offer = tested && paired !== undefined && canOfferPush(findAccount(paired.account.authenticatorId));
  const goOn = () => {
    outcome.value = undefined;
    if (paired && tested) justPaired.value = offer ? { ...paired, tested } : undefined;
  };
  return (
    <Shell
      title={title}
      lead={text}
      focus
      before={<Sign icon={icon} tone={tone} />}
      actions={
        <>
          {kind === "not_me" ? (
            <ButtonLink weight="primary" wide icon="shield" href="/activity">
              {t.not_me.action}
            </ButtonLink>
          ) : null}
          <Button weight={kind === "not_me" ? "quiet" : "primary"} wide onClick={goOn}>
            {offer ? t.next : t.done}
          </Button>
        </>
      }
    >
      {kind === "not_me" ? (
        <ul class="steps">
          {t.not_me.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
      ) : null}
      {kind === "refused" && problem ? <DeviceProblem problem={problem} /> : null}
    </Shell>
  );
}
