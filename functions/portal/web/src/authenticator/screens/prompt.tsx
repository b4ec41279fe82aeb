// One request: what asks, from where, and the number that only the member can see elsewhere.
import { useSignal } from "@preact/signals";
import { cleanCode } from "../../kit/cleaning";
import { Button } from "../../kit/components/button";
import { Countdown } from "../../kit/components/countdown";
import { Field } from "../../kit/components/field";
import { Logo } from "../../kit/components/logo";
import { Notice } from "../../kit/components/notice";
import { Heading } from "../../kit/components/page";
import { dayAndTime } from "../../kit/dates";
import { beginning } from "../../kit/sentence";
import type { Decision } from "../device/messages";
import type { Problem } from "../device/problem";
import { recallLock, turnLockOn, unlock } from "../lock/lock";
import { answer, expire } from "../prompts/answer";
import type { OpenPrompt } from "../state";
import { problemWords, texts } from "../texts";
import { Facts } from "./parts";
import { Why } from "./why";

export function PromptScreen({ open }: { open: OpenPrompt }) {
  const { account, prompt, replaced } = open;
  const number = useSignal("");
  const asking = useSignal(false);
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const t = texts.prompt;
  const complete = number.value.length === prompt.numberLength;

  const decide = async (decision: Decision, unlocked = false) => {
    if (busy.value) return;
    busy.value = true;
    problem.value = undefined;
    problem.value = await answer(open, decision, unlocked);
    busy.value = false;
  };
  const locked = useSignal(false);
  const needsLock = prompt.purpose === "passwordless";
  const approve = async (event: Event) => {
    event.preventDefault();
    if (!complete || busy.value) return;
    busy.value = true;
    locked.value = false;
    const asks = (await recallLock()) || (needsLock && (await turnLockOn(texts.lock.credential)) === "done");
    const unlocked = asks && (await unlock());
    if ((asks || needsLock) && !unlocked) {
      locked.value = true;
      busy.value = false;
      return;
    }
    busy.value = false;
    await decide({ decision: "approve", number: number.value }, unlocked);
  };
  const { app, place, browser, address, at } = prompt.shown;

  return (
    <>
      <header class="bar">
        <Logo name={account.organization} />
      </header>
      <main class="screen screen-prompt">
        <div class="screen-title">
          <Heading title={t.titles[prompt.purpose]} focus />
          <p class="prompt-account">{t.account(account.userName, account.organization)}</p>
        </div>
        <Countdown until={prompt.expiresAt} label={t.left} onEnd={() => expire(open)} />
        {replaced ? <Notice tone="warning">{t.replaced}</Notice> : null}
        <Facts
          rows={[
            [t.app, app],
            [t.place, beginning(place) || t.unknownPlace],
            [t.browser, beginning(browser)],
            [t.address, beginning(address)],
            [t.time, Number.isNaN(Date.parse(at)) ? at : dayAndTime(at)],
          ]}
        />
        <form class="form number-form" onSubmit={(event) => void approve(event)} noValidate>
          <div class="number-field" style={{ "--digits": prompt.numberLength }}>
            <Field
              label={t.number[prompt.purpose](prompt.numberLength)}
              hint={t.leads[prompt.purpose]}
              value={number.value}
              onValue={(typed) => {
                number.value = cleanCode(typed, prompt.numberLength);
              }}
              name="number"
              inputMode="numeric"
              pattern="[0-9]*"
              autoComplete="off"
              autoCorrect="off"
              spellcheck={false}
              enterKeyHint="done"
              readOnly={busy.value}
              required
            />
          </div>
          {locked.value ? (
            <Notice tone="warning" title={texts.lock.stillLocked}>
              {needsLock ? texts.lock.neededText : texts.lock.askedText}
            </Notice>
          ) : null}
          {problem.value ? <NotDelivered problem={problem.value} /> : null}
          <Button weight="primary" wide type="submit" disabled={!complete} busy={busy.value && !asking.value}>
            {busy.value && !asking.value ? t.approving : t.approve}
          </Button>
        </form>
        <Button
          wide
          class="button-deny"
          disabled={busy.value}
          onClick={() => {
            asking.value = true;
          }}
        >
          {prompt.purpose === "test" ? t.denyTest : t.deny}
        </Button>
        {asking.value ? (
          <Why
            busy={busy.value}
            onReason={(reason) => void decide({ decision: "deny", reason })}
            onClose={() => {
              asking.value = false;
            }}
            problem={problem.value}
          />
        ) : null}
      </main>
    </>
  );
}

/** Nothing was decided: why, where it is not only the network, and that trying again is right. */
function NotDelivered({ problem }: { problem: Problem }) {
  const { title, text } = problemWords(problem);
  return (
    <Notice tone="danger" title={texts.prompt.passing}>
      {title}. {text}
    </Notice>
  );
}
