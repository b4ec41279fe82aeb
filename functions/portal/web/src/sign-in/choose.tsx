// Nothing is asked yet: the person chooses how to confirm.
import type { SignIn } from "../kit/api-types";
import { Button } from "../kit/components/button";
import { Heading } from "../kit/components/page";
import { signIn as t } from "../kit/texts/sign-in";
import { Alternatives } from "./alternatives";
import { cancel } from "./flow";

export function Choose({ signIn }: { signIn: SignIn }) {
  return (
    <>
      <Heading title={t.chooseTitle} focus />
      <p class="lead">{t.chooseLead}</p>
      <Alternatives signIn={signIn} />
      <Button weight="quiet" wide onClick={cancel}>
        {t.cancel}
      </Button>
    </>
  );
}
