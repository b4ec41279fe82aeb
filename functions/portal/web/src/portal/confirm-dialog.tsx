// Asks once before something ends; stays open with the problem when it could not be done.
import { useSignal } from "@preact/signals";
import { Button } from "../kit/components/button";
import { Dialog } from "../kit/components/dialog";
import { ProblemNotice } from "../kit/components/notice";
import type { Problem } from "../kit/problem";
import { common } from "../kit/texts/common";

interface ConfirmDialogProps {
  title: string;
  text: string;
  confirm: string;
  /** Answers with a problem when it failed; closing is the caller's. */
  onConfirm: () => Promise<Problem | undefined>;
  onClose: () => void;
}

export function ConfirmDialog({ title, text, confirm, onConfirm, onClose }: ConfirmDialogProps) {
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const go = async () => {
    busy.value = true;
    problem.value = await onConfirm();
    busy.value = false;
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button weight="danger" busy={busy.value} onClick={go}>
            {confirm}
          </Button>
          <Button onClick={onClose}>{common.cancel}</Button>
        </>
      }
    >
      {problem.value ? <ProblemNotice problem={problem.value} /> : null}
      <p>{text}</p>
    </Dialog>
  );
}
