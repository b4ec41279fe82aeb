// Keeps a token for one person.

import { useSignal } from "@preact/signals";
import { call } from "../../kit/api";
import type { HardwareToken } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { Dialog } from "../../kit/components/dialog";
import { Field } from "../../kit/components/field";
import { ProblemNotice } from "../../kit/components/notice";
import { into } from "../../kit/into";
import type { Problem } from "../../kit/problem";
import { common } from "../../kit/texts/common";
import { problemText } from "../../kit/texts/problems";
import { tokens as t } from "../../kit/texts/tokens";

export function AssignDialog({
  serial,
  onClose,
  onDone,
}: {
  serial: string;
  onClose: () => void;
  onDone: (said: string) => Promise<void>;
}) {
  const name = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    const body = { user_name: name.value.trim() };
    const answer = await call<HardwareToken>(
      "POST",
      `/hardware-tokens/${encodeURIComponent(serial)}/assign`,
      body,
    );
    busy.value = false;
    problem.value = answer.ok ? undefined : answer.problem;
    if (answer.ok) await onDone(t.assigned(serial, answer.value.user_name ?? body.user_name));
  };
  const unknown = problem.value?.code === "account.not_found" ? problemText(problem.value) : undefined;
  return (
    <Dialog
      title={t.assignTitle(serial)}
      onClose={onClose}
      actions={
        <>
          <Button type="submit" form="assign-token" weight="primary" busy={busy.value}>
            {t.assignSubmit}
          </Button>
          <Button onClick={onClose}>{common.cancel}</Button>
        </>
      }
    >
      <p class="soft">{t.assignText}</p>
      <form class="form" id="assign-token" onSubmit={submit}>
        {problem.value && !unknown ? <ProblemNotice problem={problem.value} /> : null}
        <Field
          label={t.userName}
          value={name.value}
          onValue={into(name)}
          error={unknown ? `${unknown.title}. ${unknown.text}` : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          maxLength={254}
          required
          autoFocus
        />
      </form>
    </Dialog>
  );
}
