// A code in a text message or a call, sent after the first factor and typed here.
import type { SentCodePrompt } from "../../kit/api-types";
import { Heading } from "../../kit/components/page";
import { SentCode } from "../../kit/components/sent-code";
import { sentCode as t } from "../../kit/texts/sent-code";
import { enterCode, sendMessage } from "../flow";

export function SentCodeStep({ prompt }: { prompt: SentCodePrompt & { authenticator_id: string } }) {
  const sent = prompt.delivery === "sent";
  const { channel, number, authenticator_id: id } = prompt;
  return (
    <>
      <Heading title={sent ? t.title[channel] : t.titleNotSent[channel]} focus />
      <p class="lead">{sent ? t.lead[channel](number) : t.leadNotSent[channel](number)}</p>
      <SentCode
        prompt={prompt}
        submitLabel={t.submit}
        enter={(code) => enterCode(code, id)}
        send={() => sendMessage(id, true)}
      />
    </>
  );
}
