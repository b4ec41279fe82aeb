// Begins with a temporary access pass in place of the password; loaded when it is asked for.

import { useSignal } from "@preact/signals";
import { Button } from "../../kit/components/button";
import { Field } from "../../kit/components/field";
import { ProblemNotice } from "../../kit/components/notice";
import { Heading } from "../../kit/components/page";
import { into } from "../../kit/into";
import type { Problem } from "../../kit/problem";
import { handedOut as t } from "../../kit/texts/handed-out";
import { signIn as words } from "../../kit/texts/sign-in";
import { signInByPass, start } from "../flow";

export function Pass() {
  const userName = useSignal("");
  const pass = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    problem.value = undefined;
    problem.value = await signInByPass(userName.value.trim(), pass.value.trim());
    busy.value = false;
  };

  return (
    <>
      <Heading title={t.passTitle} focus />
      <p class="lead">{t.passLead}</p>
      <form class="form" onSubmit={submit}>
        {problem.value ? (
          <ProblemNotice
            problem={problem.value}
            words={problem.value.code === "sign_in.rejected" ? t.passRejected : undefined}
          />
        ) : null}
        <Field
          label={words.userName}
          name="username"
          value={userName.value}
          onValue={into(userName)}
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellcheck={false}
          maxLength={254}
          required
          autoFocus
        />
        <Field
          label={t.passLabel}
          name="pass"
          value={pass.value}
          onValue={into(pass)}
          hint={t.passHint}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellcheck={false}
          maxLength={128}
          required
        />
        <Button type="submit" weight="primary" wide busy={busy.value}>
          {t.passSubmit}
        </Button>
      </form>
      <Button weight="quiet" wide onClick={() => start()}>
        {t.back}
      </Button>
    </>
  );
}
