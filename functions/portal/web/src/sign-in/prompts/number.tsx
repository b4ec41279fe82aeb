// The number that is typed on the phone, how long it holds, and where the request waits when no notification went out.
import type { NumberPrompt } from "../../kit/api-types";
import { Countdown } from "../../kit/components/countdown";
import { Notice } from "../../kit/components/notice";
import { NumberDisplay, spokenDigits } from "../../kit/components/number-display";
import { Heading } from "../../kit/components/page";
import { signIn as t } from "../../kit/texts/sign-in";

export function NumberStep({ prompt, onTimeUp }: { prompt: NumberPrompt; onTimeUp: () => void }) {
  return (
    <>
      <Heading title={t.numberTitle} focus />
      <p class="lead">{t.numberLead(prompt.device)}</p>
      <NumberDisplay number={prompt.number} spoken={t.numberSpoken(spokenDigits(prompt.number))} />
      <Countdown until={prompt.expires_at} onEnd={onTimeUp} />
      {prompt.delivery === "not_sent" ? (
        <Notice title={t.openAppTitle}>{t.openApp(prompt.device)}</Notice>
      ) : null}
      <p class="soft small">{t.numberSafety}</p>
    </>
  );
}
