// A code that went to a phone number: its field, what became of the message, and asking for a new one.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { SentCodePrompt } from "../api-types";
import { serverNow, withoutSkew } from "../clock";
import { into } from "../into";
import { minutesAndSeconds } from "../minutes";
import type { Problem } from "../problem";
import { sentCode as t } from "../texts/sent-code";
import { useWebOtp } from "../web-otp";
import { Button } from "./button";
import { CodeField } from "./code-field";
import { Notice, ProblemNotice } from "./notice";

interface SentCodeProps {
  prompt: Pick<SentCodePrompt, "channel" | "digits" | "delivery" | "again_at" | "expires_at">;
  submitLabel: string;
  enter: (code: string) => Promise<Problem | undefined>;
  send: () => Promise<Problem | undefined>;
}

export function SentCode({ prompt, submitLabel, enter, send }: SentCodeProps) {
  const { channel, delivery } = prompt;
  const code = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const news = useSignal("");
  const sent = delivery === "sent";

  const submit = async () => {
    if (busy.value) return;
    busy.value = true;
    news.value = "";
    problem.value = await enter(code.value);
    busy.value = false;
    if (problem.value) code.value = "";
  };
  useWebOtp(sent && channel === "sms", prompt.expires_at, (received) => {
    code.value = received;
    void submit();
  });

  const again = async () => {
    problem.value = await send();
    code.value = "";
    news.value = problem.value ? "" : t.sentAgain;
  };

  const rejected = problem.value?.code === "challenge.code_rejected";
  const failed = t.failed[delivery];
  return (
    <>
      {failed ? (
        <Notice tone="warning" title={t.failedTitle[channel]}>
          {failed} {t.notCounted}
        </Notice>
      ) : null}
      {problem.value && !rejected ? <ProblemNotice problem={problem.value} /> : null}
      {sent ? (
        <form
          class="form narrow"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <CodeField
            digits={prompt.digits}
            value={code.value}
            onValue={into(code)}
            error={rejected ? t.rejected : undefined}
            autoFocus
          />
          <Button type="submit" weight="primary" wide busy={busy.value}>
            {submitLabel}
          </Button>
        </form>
      ) : null}
      <Again
        at={prompt.again_at}
        label={sent ? t.again[channel] : t.send[channel]}
        first={!sent}
        press={again}
      />
      <p class="soft small" role="status">
        {news.value && sent ? news.value : t.safety}
      </p>
    </>
  );
}

/** A button that has to wait: until then it says for how long. */
function Again({
  at,
  label,
  first,
  press,
}: {
  at?: string | undefined;
  label: string;
  first: boolean;
  press: () => Promise<void>;
}) {
  const left = () => (at ? Math.max(0, (Date.parse(at) - serverNow()) / 1000) : 0);
  const seconds = useSignal(withoutSkew(left()));
  const busy = useSignal(false);
  // Not every value used is listed: only another time starts the clock anew
  useEffect(() => {
    const tick = () => {
      seconds.value = left();
    };
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [at]);
  if (seconds.value > 0) return <p class="soft">{t.againIn(minutesAndSeconds(seconds.value))}</p>;
  return (
    <Button
      weight={first ? "primary" : "quiet"}
      wide
      busy={busy.value}
      onClick={async () => {
        if (busy.value) return;
        busy.value = true;
        await press();
        busy.value = false;
      }}
    >
      {label}
    </Button>
  );
}
