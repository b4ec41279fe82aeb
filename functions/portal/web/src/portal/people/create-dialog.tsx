// Adds a person: who they are, where their link goes, what they may do.

import { useSignal } from "@preact/signals";
import { call } from "../../kit/api";
import type { Person, Role } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { Dialog } from "../../kit/components/dialog";
import { Field } from "../../kit/components/field";
import { ProblemNotice } from "../../kit/components/notice";
import { into, put } from "../../kit/into";
import type { Problem } from "../../kit/problem";
import { common } from "../../kit/texts/common";
import { people as t } from "../../kit/texts/people";
import { problemText } from "../../kit/texts/problems";

const ROLES: Role[] = ["member", "administrator"];
const BESIDE_A_FIELD = /^(display_name|user_name|mail)\./;

export function CreateDialog({
  onClose,
  onCreated,
}: {
  onClose: () => void;
  onCreated: (person: Person) => Promise<void>;
}) {
  const displayName = useSignal("");
  const userName = useSignal("");
  const mail = useSignal("");
  const role = useSignal<Role>("member");
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    const person = {
      user_name: userName.value.trim(),
      display_name: displayName.value.trim(),
      mail: mail.value.trim(),
      role: role.value,
    };
    const answer = await call<Person>("POST", "/people", person, { resume: "/people?add=1" });
    busy.value = false;
    problem.value = answer.ok ? undefined : answer.problem;
    if (answer.ok) await onCreated(answer.value);
  };

  const about = (prefix: string): string | undefined => {
    if (!problem.value?.code.startsWith(prefix)) return undefined;
    const { title, text } = problemText(problem.value);
    return `${title}. ${text}`;
  };

  return (
    <Dialog
      title={t.createTitle}
      onClose={onClose}
      actions={
        <>
          <Button type="submit" form="create-person" weight="primary" busy={busy.value}>
            {t.createSubmit}
          </Button>
          <Button onClick={onClose}>{common.cancel}</Button>
        </>
      }
    >
      <p class="soft">{t.createLead}</p>
      <form class="form" id="create-person" onSubmit={submit}>
        {problem.value && !BESIDE_A_FIELD.test(problem.value.code) ? (
          <ProblemNotice problem={problem.value} />
        ) : null}
        <Field
          label={t.displayName}
          value={displayName.value}
          onValue={into(displayName)}
          error={about("display_name.")}
          autoComplete="off"
          maxLength={64}
          required
          autoFocus
        />
        <Field
          label={t.userName}
          value={userName.value}
          onValue={into(userName)}
          hint={t.userNameHint}
          error={about("user_name.")}
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          maxLength={254}
          required
        />
        <Field
          label={t.mail}
          type="email"
          value={mail.value}
          onValue={into(mail)}
          hint={t.mailHint}
          error={about("mail.")}
          autoComplete="off"
          maxLength={254}
          required
        />
        <fieldset class="radios">
          <legend class="legend">{t.role}</legend>
          {ROLES.map((item) => (
            <label class="check" key={item}>
              <input
                type="radio"
                name="role"
                value={item}
                checked={role.value === item}
                onChange={put(role, item)}
              />
              <span>
                {t.roles[item]} <span class="soft small">{t.roleHints[item]}</span>
              </span>
            </label>
          ))}
        </fieldset>
      </form>
    </Dialog>
  );
}
