// Says that a pairing is under way, or why it did not work and what to do.
import { Button } from "../../kit/components/button";
import { isPassing } from "../device/problem";
import { dismissFailure, type Pairing, pair } from "../pairing";
import { go } from "../route";
import { Shell } from "../shell";
import { texts } from "../texts";
import { DeviceProblem } from "./parts";

export function PairingScreen({ pairing: now }: { pairing: Pairing }) {
  const t = texts.pair;
  if (now.state !== "failed") {
    return (
      <Shell title={t.working} lead={t.workingText} focus>
        <span class="spinner spinner-large" aria-hidden="true" />
      </Shell>
    );
  }
  const { code, problem } = now;
  const otherCode = () => {
    dismissFailure();
    go({ screen: "add" }, { replace: true });
  };
  return (
    <Shell
      title={t.failed}
      focus
      actions={
        <>
          {isPassing(problem) ? (
            <Button weight="primary" wide onClick={() => void pair(code)}>
              {t.again}
            </Button>
          ) : null}
          <Button weight={isPassing(problem) ? "secondary" : "primary"} wide onClick={otherCode}>
            {t.otherCode}
          </Button>
        </>
      }
    >
      <DeviceProblem problem={problem} />
    </Shell>
  );
}
