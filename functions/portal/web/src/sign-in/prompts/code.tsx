// A code from an app or token, typed here.

import { useSignal } from "@preact/signals";
import type { CodePrompt } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { CodeField } from "../../kit/components/code-field";
import { ProblemNotice } from "../../kit/components/notice";
import { Heading } from "../../kit/components/page";
import { into } from "../../kit/into";
import type { Problem } from "../../kit/problem";
import { problemText } from "../../kit/texts/problems";
import { signIn as t } from "../../kit/texts/sign-in";
import { enterCode } from "../flow";

export function CodeStep({ prompt }: { prompt: CodePrompt }) {
  const code = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    problem.value = await enterCode(code.value, prompt.authenticator_id);
    busy.value = false;
    if (problem.value) code.value = "";
  };

  const rejected = problem.value?.code === "challenge.code_rejected" ? problemText(problem.value) : undefined;
  return (
    <>
      <Heading title={t.codeTitle} focus />
      <p class="lead">{t.codeLead(prompt.name)}</p>
      <form class="form" onSubmit={submit}>
        {problem.value && !rejected ? <ProblemNotice problem={problem.value} /> : null}
        <CodeField
          digits={prompt.digits}
          value={code.value}
          onValue={into(code)}
          error={rejected ? `${rejected.title}. ${rejected.text}` : undefined}
          autoFocus
        />
        <Button type="submit" weight="primary" wide busy={busy.value}>
          {t.codeSubmit}
        </Button>
      </form>
    </>
  );
}
