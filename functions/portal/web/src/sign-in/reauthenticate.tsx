// Somebody who is signed in confirms once more before a sensitive change.

import { useSignal } from "@preact/signals";
import { Button, ButtonLink } from "../kit/components/button";
import { PasswordField } from "../kit/components/field";
import { Icon } from "../kit/components/icon";
import { ProblemNotice } from "../kit/components/notice";
import { Heading } from "../kit/components/page";
import { into } from "../kit/into";
import type { Problem } from "../kit/problem";
import { signIn as t } from "../kit/texts/sign-in";
import { ConfirmByPasskey } from "./first/passkey";
import { reauthenticate } from "./flow";

export function Reauthenticate({
  userName,
  hasPasskey,
  problem: earlier,
}: {
  userName: string;
  hasPasskey: boolean;
  problem?: Problem | undefined;
}) {
  const password = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal(earlier);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    problem.value = undefined;
    problem.value = await reauthenticate(password.value);
    busy.value = false;
    if (problem.value) password.value = "";
  };

  return (
    <>
      <Heading title={t.reauthenticateTitle} />
      <p class="lead">{t.reauthenticateLead}</p>
      <form class="form" onSubmit={submit}>
        {problem.value ? (
          <ProblemNotice
            problem={problem.value}
            words={t.reauthenticateProblems[problem.value.code]}
            tone={problem.value.code === "sign_in.not_under_way" ? "info" : "danger"}
          />
        ) : null}
        <p class="identity">
          <Icon name="account" />
          {t.reauthenticateAs(userName)}
        </p>
        <input type="text" name="username" value={userName} autoComplete="username" readOnly hidden />
        <PasswordField
          label={t.password}
          name="password"
          value={password.value}
          onValue={into(password)}
          autoComplete="current-password"
          required
          autoFocus
        />
        <Button type="submit" weight="primary" wide busy={busy.value}>
          {t.reauthenticateSubmit}
        </Button>
      </form>
      {hasPasskey ? (
        <div class="first-ways">
          <ConfirmByPasskey />
        </div>
      ) : null}
      <ButtonLink weight="quiet" wide href="/">
        {t.notNow}
      </ButtonLink>
    </>
  );
}
