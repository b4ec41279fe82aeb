// Pairs a phone: a code to scan, the same code to type, and how long it works.
import type { PairingPrompt } from "../../kit/api-types";
import { ButtonLink } from "../../kit/components/button";
import { CopyButton } from "../../kit/components/copy-button";
import { Countdown } from "../../kit/components/countdown";
import { Qr } from "../../kit/components/qr";
import { portal } from "../../kit/texts/portal";

const t = portal.add;

export function Pairing({ prompt, onTimeUp }: { prompt: PairingPrompt; onTimeUp: () => void }) {
  const here = prompt.uri.startsWith(`${location.origin}/`) ? prompt.uri : undefined;
  return (
    <>
      <div class="two-ways">
        <section class="panel">
          <h2>{t.authenticatorStep1}</h2>
          <p class="soft">{t.authenticatorStep1Text}</p>
          {prompt.qr ? <Qr qr={prompt.qr} /> : null}
        </section>
        <section class="panel">
          <h2>{t.authenticatorStep2}</h2>
          <p class="soft">{t.authenticatorStep2Text(`${location.host}/authenticator`)}</p>
          <p class="typed-code">
            <span class="visually-hidden">{t.pairingCode}: </span>
            <span class="typed">{prompt.code}</span>
            <CopyButton text={prompt.code} label={t.pairingCode} />
          </p>
          {here ? (
            <ButtonLink href={here} target="_blank" rel="noopener" icon="phone">
              {t.openHere}
            </ButtonLink>
          ) : null}
        </section>
      </div>
      <p class="waiting" role="status">
        <span class="pulse" aria-hidden="true" /> {t.waitingForPhone}
      </p>
      <Countdown until={prompt.expires_at} label={t.expiresIn} onEnd={onTimeUp} />
    </>
  );
}
