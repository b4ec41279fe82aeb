// The first step: who it is, and the password.

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Button } from "../kit/components/button";
import { Field, PasswordField } from "../kit/components/field";
import { ProblemNotice } from "../kit/components/notice";
import { Heading } from "../kit/components/page";
import { into } from "../kit/into";
import type { Problem } from "../kit/problem";
import { signIn as t } from "../kit/texts/sign-in";
import type { FirstWays } from "./first-ways";
import { signIn } from "./flow";

export function Credentials({ problem: earlier }: { problem?: Problem | undefined }) {
  const userName = useSignal("");
  const password = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal(earlier);

  const ways = useSignal<typeof FirstWays | undefined>(undefined);
  useEffect(() => {
    // After the form: what it takes to begin otherwise is not what a person waits for. A load that fails leaves the password.
    void import("./first-ways").then(
      (part) => {
        ways.value = part.FirstWays;
      },
      () => {},
    );
  }, [ways]);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    problem.value = undefined;
    const refused = await signIn(userName.value.trim(), password.value);
    busy.value = false;
    problem.value = refused;
    if (refused?.code === "sign_in.rejected") password.value = "";
  };

  return (
    <>
      <Heading title={t.title} />
      <p class="lead">{t.lead}</p>
      <form class="form" onSubmit={submit}>
        {problem.value ? (
          <ProblemNotice
            problem={problem.value}
            tone={problem.value.code === "sign_in.not_under_way" ? "info" : "danger"}
          />
        ) : null}
        <Field
          label={t.userName}
          name="username"
          value={userName.value}
          onValue={into(userName)}
          autoComplete="username webauthn"
          autoCapitalize="none"
          autoCorrect="off"
          spellcheck={false}
          maxLength={254}
          required
          autoFocus
        />
        <PasswordField
          label={t.password}
          name="password"
          value={password.value}
          onValue={into(password)}
          autoComplete="current-password"
          required
        />
        <Button type="submit" weight="primary" wide busy={busy.value}>
          {t.submit}
        </Button>
      </form>
      {ways.value ? <ways.value userName={userName} /> : null}
    </>
  );
}
