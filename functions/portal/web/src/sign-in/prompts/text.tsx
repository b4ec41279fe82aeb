// Letters and digits that were kept or handed out, typed or pasted here; loaded when they are asked for.

import { useSignal } from "@preact/signals";
import type { TextPrompt } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { Field } from "../../kit/components/field";
import { ProblemNotice } from "../../kit/components/notice";
import { Heading } from "../../kit/components/page";
import { into } from "../../kit/into";
import type { Problem } from "../../kit/problem";
import { handedOut as t } from "../../kit/texts/handed-out";
import { enterCode } from "../flow";

export function TextStep({ prompt }: { prompt: TextPrompt }) {
  const typed = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    problem.value = await enterCode(typed.value.trim(), prompt.authenticator_id);
    busy.value = false;
  };

  const rejected = problem.value?.code === "challenge.code_rejected";
  return (
    <>
      <Heading title={t.titles[prompt.of] ?? prompt.name} focus />
      <p class="lead">{t.leads[prompt.of] ?? ""}</p>
      <form class="form" onSubmit={submit}>
        {problem.value && !rejected ? <ProblemNotice problem={problem.value} /> : null}
        <Field
          label={t.labels[prompt.of] ?? prompt.name}
          name="one-time-code"
          value={typed.value}
          onValue={into(typed)}
          hint={t.hints[prompt.of]}
          error={rejected ? t.wrong[prompt.of] : undefined}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellcheck={false}
          maxLength={128}
          required
          autoFocus
        />
        <Button type="submit" weight="primary" wide busy={busy.value}>
          {t.submit}
        </Button>
      </form>
    </>
  );
}
