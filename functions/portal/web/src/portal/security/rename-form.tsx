// Renames a method where it stands.

import { useSignal } from "@preact/signals";
import { call } from "../../kit/api";
import type { Method } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { Field } from "../../kit/components/field";
import { into } from "../../kit/into";
import { common } from "../../kit/texts/common";
import { portal } from "../../kit/texts/portal";
import { problemText } from "../../kit/texts/problems";

const t = portal.security;

/** `onDone` is told the new name, or nothing when it stays as it was. */
export function RenameForm({ method, onDone }: { method: Method; onDone: (name?: string) => void }) {
  const name = useSignal(method.name);
  const busy = useSignal(false);
  const error = useSignal<string | undefined>(undefined);

  const submit = async (event: Event) => {
    event.preventDefault();
    const wanted = name.value.trim();
    if (wanted === method.name) return onDone();
    busy.value = true;
    const answer = await call<Method>("PATCH", `/me/methods/${encodeURIComponent(method.id)}`, {
      name: wanted,
    });
    busy.value = false;
    if (answer.ok) return onDone(answer.value.name);
    const { title, text } = problemText(answer.problem);
    error.value = `${title}. ${text}`;
  };

  return (
    <form
      class="rename"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Escape") onDone();
      }}
    >
      <Field
        label={t.nameLabel}
        value={name.value}
        onValue={into(name)}
        error={error.value}
        maxLength={64}
        required
        autoFocus
      />
      <div class="rename-actions">
        <Button type="submit" weight="primary" busy={busy.value}>
          {common.save}
        </Button>
        <Button weight="quiet" onClick={() => onDone()}>
          {common.cancel}
        </Button>
      </div>
    </form>
  );
}
