// Begins without a password: the number goes on the screen, and the phone must unlock.
import { useSignal } from "@preact/signals";
import { Button } from "../../kit/components/button";
import { ProblemNotice } from "../../kit/components/notice";
import type { Problem } from "../../kit/problem";
import { signIn as t } from "../../kit/texts/sign-in";
import type { FirstWayProps } from "../first-ways";
import { signInByPhone } from "../flow";

export function SignInByPhone({ userName }: FirstWayProps) {
  const busy = useSignal(false);
  const missing = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const begin = async () => {
    const name = userName.value.trim();
    missing.value = name === "";
    problem.value = undefined;
    if (missing.value) {
      document.querySelector<HTMLInputElement>("input[name=username]")?.focus();
      return;
    }
    busy.value = true;
    problem.value = await signInByPhone(name);
    busy.value = false;
  };
  return (
    <>
      <Button wide icon="phone" busy={busy.value} onClick={() => void begin()}>
        {t.byPhone}
      </Button>
      <p class="soft small" role="status">
        {missing.value && userName.value.trim() === "" ? t.byPhoneNeedsName : ""}
      </p>
      {problem.value ? <ProblemNotice problem={problem.value} /> : null}
    </>
  );
}
