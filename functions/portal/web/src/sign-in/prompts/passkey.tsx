// A passkey as the second factor: the browser is asked at once where it lets us, and again at a press.

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Button } from "../../kit/components/button";
import { ProblemNotice } from "../../kit/components/notice";
import { Heading } from "../../kit/components/page";
import type { Problem } from "../../kit/problem";
import { passkeys as t } from "../../kit/texts/passkeys";
import { usePasskey } from "../first/use-passkey";

export function PasskeyStep() {
  const problem = useSignal<Problem | undefined>(undefined);
  const busy = useSignal(false);

  const ask = async () => {
    if (busy.value) return;
    busy.value = true;
    problem.value = undefined;
    problem.value = await usePasskey("sign-ins/current/passkey");
    busy.value = false;
  };

  useEffect(() => {
    // Some browsers take it for an ambush unless somebody has just pressed something.
    if (navigator.userActivation?.isActive) void ask();
  }, []);

  return (
    <>
      <Heading title={t.title} focus />
      <p class="lead">{t.lead}</p>
      {problem.value ? (
        <ProblemNotice problem={problem.value} words={t.problems[problem.value.code]} />
      ) : null}
      <Button weight="primary" wide icon="key" busy={busy.value} onClick={ask}>
        {t.submit}
      </Button>
      <p class="visually-hidden" role="status">
        {busy.value ? t.waiting : ""}
      </p>
    </>
  );
}
