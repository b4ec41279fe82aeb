// Sets up a code app: its secret to scan or type, and the first code as proof.

import { useSignal } from "@preact/signals";
import type { TotpSecretPrompt } from "../../kit/api-types";
import { grouped } from "../../kit/cleaning";
import { Button, ButtonLink } from "../../kit/components/button";
import { CodeField } from "../../kit/components/code-field";
import { CopyButton } from "../../kit/components/copy-button";
import { ProblemNotice } from "../../kit/components/notice";
import { Qr } from "../../kit/components/qr";
import { into } from "../../kit/into";
import type { Problem } from "../../kit/problem";
import { portal } from "../../kit/texts/portal";
import { problemText } from "../../kit/texts/problems";
import type { Ceremony } from "./ceremony";

const t = portal.add;

export function TotpSecret({ prompt, ceremony }: { prompt: TotpSecretPrompt; ceremony: Ceremony }) {
  const code = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    problem.value = await ceremony.confirm(code.value);
    busy.value = false;
    if (problem.value) code.value = "";
  };

  const rejected = problem.value?.code === "challenge.code_rejected" ? problemText(problem.value) : undefined;
  const secret = prompt.secret.replace(/\s/g, "");
  return (
    <>
      <div class="two-ways">
        <section class="panel">
          <h2>{t.totpStep1}</h2>
          <p class="soft">{t.totpStep1Text}</p>
          {prompt.qr ? <Qr qr={prompt.qr} /> : null}
          {prompt.uri.startsWith("otpauth://") ? (
            <ButtonLink href={prompt.uri} icon="code">
              {t.totpOpen}
            </ButtonLink>
          ) : null}
        </section>
        <section class="panel">
          <h2>{t.totpStep2}</h2>
          <p class="typed typed-secret">
            <span class="visually-hidden">{t.totpSecret}: </span>
            {grouped(secret)}
          </p>
          <CopyButton text={secret} label={t.totpSecret} />
        </section>
      </div>
      <section class="panel">
        <h2>{t.totpStep3}</h2>
        <form class="form narrow" onSubmit={submit}>
          {problem.value && !rejected ? <ProblemNotice problem={problem.value} /> : null}
          <CodeField
            digits={prompt.digits}
            value={code.value}
            onValue={into(code)}
            error={rejected ? `${rejected.title}. ${rejected.text}` : undefined}
          />
          <Button type="submit" weight="primary" busy={busy.value}>
            {t.totpConfirm}
          </Button>
        </form>
      </section>
    </>
  );
}
