// Makes recovery codes: ten to save, in whichever way, and one of them typed to show that they were; loaded when they are made.

import { useSignal } from "@preact/signals";
import type { RecoveryCodesPrompt } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { CopyButton } from "../../kit/components/copy-button";
import { Field } from "../../kit/components/field";
import { Notice, ProblemNotice } from "../../kit/components/notice";
import { dayAndTime } from "../../kit/dates";
import { into } from "../../kit/into";
import type { Problem } from "../../kit/problem";
import { recoveryCodes as t } from "../../kit/texts/recovery-codes";
import type { Surroundings } from "./add-method";
import type { Ceremony } from "./ceremony";

/** What is saved or printed: whose codes these are, and what they are for. */
function sheet(codes: string[], around: Surroundings): string {
  const { organization, userName } = around;
  const lines = [
    t.sheetTitle(organization),
    t.sheetFor(userName),
    t.sheetMade(dayAndTime(new Date().toISOString())),
  ];
  return [...lines, "", ...codes, "", t.sheetText, ""].join("\r\n");
}

function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = t.fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function RecoveryCodes({
  prompt,
  ceremony,
  around,
}: {
  prompt: RecoveryCodesPrompt;
  ceremony: Ceremony;
  around: Surroundings;
}) {
  const code = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    problem.value = await ceremony.confirm(code.value);
    busy.value = false;
  };

  const rejected = problem.value?.code === "challenge.code_rejected";
  const text = sheet(prompt.codes, around);
  return (
    <>
      <section class="panel printed">
        <h2>{t.yours}</h2>
        <p class="print-only">
          {t.sheetTitle(around.organization)}
          <br />
          {t.sheetFor(around.userName)}
        </p>
        <ol class="codes" aria-label={t.yours}>
          {prompt.codes.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ol>
        <p class="print-only">{t.sheetText}</p>
        <div class="button-row not-printed">
          <Button icon="download" onClick={() => download(text)}>
            {t.download}
          </Button>
          <Button icon="print" onClick={() => print()}>
            {t.print}
          </Button>
          <CopyButton text={prompt.codes.join("\n")} label={t.yours} />
        </div>
      </section>
      <Notice tone="warning" still>
        {t.once}
      </Notice>
      <section class="panel">
        <h2>{t.confirmTitle}</h2>
        <form class="form narrow" onSubmit={submit}>
          {problem.value && !rejected ? <ProblemNotice problem={problem.value} /> : null}
          <Field
            label={t.label}
            value={code.value}
            onValue={into(code)}
            hint={t.hint}
            error={rejected ? t.wrong : undefined}
            autoComplete="off"
            autoCapitalize="characters"
            autoCorrect="off"
            spellcheck={false}
            maxLength={64}
            required
          />
          <Button type="submit" weight="primary" busy={busy.value}>
            {t.confirm}
          </Button>
        </form>
      </section>
    </>
  );
}
