// Leads to the form for a temporary access pass.
import { Button } from "../../kit/components/button";
import { put } from "../../kit/into";
import { handedOut as t } from "../../kit/texts/handed-out";
import { view } from "../flow";

export function SignInByPass() {
  return (
    <Button weight="quiet" wide onClick={put(view, { step: "pass" })}>
      {t.passTitle}
    </Button>
  );
}
