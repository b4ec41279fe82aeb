// Begins, or confirms, with a passkey: no user name, nothing typed.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Button } from "../../kit/components/button";
import { ProblemNotice } from "../../kit/components/notice";
import { supported } from "../../kit/passkeys";
import type { Problem } from "../../kit/problem";
import { passkeys as t } from "../../kit/texts/passkeys";
import { type Occasion, offerInAutofill, usePasskey } from "./use-passkey";

interface PasskeyButtonProps {
  occasion: Occasion;
  label: string;
  /** Offers passkeys among the user names that the browser fills in, too. */
  autofill?: boolean;
}

export function PasskeyButton({ occasion, label, autofill }: PasskeyButtonProps) {
  const problem = useSignal<Problem | undefined>(undefined);
  const busy = useSignal(false);

  useEffect(() => {
    if (!autofill) return;
    const ended = new AbortController();
    void offerInAutofill(ended.signal, (refused) => {
      problem.value = refused;
    });
    return () => ended.abort();
  }, [autofill, problem]);

  const begin = async () => {
    busy.value = true;
    problem.value = undefined;
    problem.value = await usePasskey(occasion);
    busy.value = false;
  };

  if (!supported()) return null;
  return (
    <>
      <Button wide icon="key" busy={busy.value} onClick={() => void begin()}>
        {label}
      </Button>
      {problem.value ? (
        <ProblemNotice problem={problem.value} words={t.problems[problem.value.code]} />
      ) : null}
    </>
  );
}

export const SignInByPasskey = () => <PasskeyButton occasion="sign-ins/passkey" label={t.signIn} autofill />;

export const ConfirmByPasskey = () => (
  <PasskeyButton occasion="reauthentications/passkey" label={t.confirm} />
);
