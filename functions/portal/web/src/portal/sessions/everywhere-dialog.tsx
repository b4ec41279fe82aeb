// Asks before every session ends, and whether this one may stay.

import { useSignal } from "@preact/signals";
import { call, leave } from "../../kit/api";
import type { Removed } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { Dialog } from "../../kit/components/dialog";
import { ProblemNotice } from "../../kit/components/notice";
import { into } from "../../kit/into";
import type { Problem } from "../../kit/problem";
import { common } from "../../kit/texts/common";
import { portal } from "../../kit/texts/portal";
import { announce } from "../announcer";

const t = portal.sessions;

export function EverywhereDialog({ onClose, onDone }: { onClose: () => void; onDone: () => Promise<void> }) {
  const keep = useSignal(true);
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);

  const go = async () => {
    busy.value = true;
    const resume = "/sessions?everywhere=1";
    const answer = await call<Removed>(
      "POST",
      "/me/sign-out-everywhere",
      { keep_current: keep.value },
      { resume },
    );
    busy.value = false;
    if (!answer.ok) {
      problem.value = answer.problem;
      return;
    }
    if (answer.value.signed_out) {
      await leave("/sign-in");
      return;
    }
    onClose();
    announce(t.everywhereDone(answer.value.sessions_ended));
    await onDone();
  };

  return (
    <Dialog
      title={t.everywhereTitle}
      onClose={onClose}
      actions={
        <>
          <Button weight="danger" busy={busy.value} onClick={go}>
            {t.everywhere}
          </Button>
          <Button onClick={onClose}>{common.cancel}</Button>
        </>
      }
    >
      {problem.value ? <ProblemNotice problem={problem.value} /> : null}
      <p>{t.everywhereText}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={keep.value}
          onChange={(event) => into(keep)(event.currentTarget.checked)}
        />
        {t.keep}
      </label>
    </Dialog>
  );
}
