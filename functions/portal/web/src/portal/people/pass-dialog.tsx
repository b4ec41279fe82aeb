// Issues a pass: for how long, how long it is itself, for one sign-in or more, from when on; then shows it, this once.

import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { call } from "../../kit/api";
import type { IssuedPass, PassAllowed } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { CopyButton } from "../../kit/components/copy-button";
import { Dialog } from "../../kit/components/dialog";
import { Field } from "../../kit/components/field";
import { Notice, ProblemNotice } from "../../kit/components/notice";
import { dayAndTime } from "../../kit/dates";
import { into } from "../../kit/into";
import type { Problem } from "../../kit/problem";
import { common } from "../../kit/texts/common";
import { passes as t } from "../../kit/texts/passes";
import { problemText } from "../../kit/texts/problems";
import { lifetimes, lifetimeText } from "./lifetimes";

interface PassDialogProps {
  name: string;
  /** Where the person's page is, and the interface to them. */
  here: string;
  allowed: PassAllowed;
  replaces: boolean;
  onIssued: () => Promise<void>;
  onClose: () => void;
}

const BESIDE_A_FIELD = /^pass\.(lifetime|length|start)_/;

export function PassDialog({ name, here, allowed, replaces, onIssued, onClose }: PassDialogProps) {
  const lifetime = useSignal(allowed.default_lifetime_minutes);
  const length = useSignal(String(allowed.default_length));
  const once = useSignal(true);
  const start = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const issued = useSignal<IssuedPass | undefined>(undefined);
  const lifetimeId = useId();

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    const wanted = {
      lifetime_minutes: lifetime.value,
      length: Number(length.value),
      one_time: once.value,
      ...(start.value ? { starts_at: new Date(start.value).toISOString() } : {}),
    };
    const answer = await call<IssuedPass>("POST", `${here}/pass`, wanted, { resume: `${here}?pass=new` });
    busy.value = false;
    problem.value = answer.ok ? undefined : answer.problem;
    if (!answer.ok) return;
    issued.value = answer.value;
    await onIssued();
  };

  const about = (code: string): string | undefined => {
    if (problem.value?.code !== code) return undefined;
    const { title, text } = problemText(problem.value);
    return `${title}. ${text}`;
  };

  if (issued.value) return <Shown issued={issued.value} name={name} onClose={onClose} />;
  return (
    <Dialog
      title={t.dialogTitle(name)}
      onClose={onClose}
      actions={
        <>
          <Button type="submit" form="issue-pass" weight="primary" busy={busy.value}>
            {t.submit}
          </Button>
          <Button onClick={onClose}>{common.cancel}</Button>
        </>
      }
    >
      <p class="soft">{t.dialogLead}</p>
      <form class="form" id="issue-pass" onSubmit={submit}>
        {problem.value && !BESIDE_A_FIELD.test(problem.value.code) ? (
          <ProblemNotice problem={problem.value} />
        ) : null}
        {replaces ? (
          <Notice tone="warning" still>
            {t.replaces}
          </Notice>
        ) : null}
        <div class="field">
          <label for={lifetimeId}>{t.lifetime}</label>
          <div class="field-box">
            <select
              id={lifetimeId}
              data-first
              value={lifetime.value}
              onChange={(event) => {
                lifetime.value = Number(event.currentTarget.value);
              }}
            >
              {lifetimes(allowed).map((minutes) => (
                <option key={minutes} value={minutes}>
                  {lifetimeText(minutes)}
                </option>
              ))}
            </select>
          </div>
          {about("pass.lifetime_not_allowed") ? (
            <p class="field-error">{about("pass.lifetime_not_allowed")}</p>
          ) : null}
        </div>
        <Field
          label={t.length}
          value={length.value}
          onValue={into(length)}
          hint={t.lengthHint(allowed.min_length, allowed.max_length)}
          error={about("pass.length_not_allowed")}
          inputMode="numeric"
          pattern="[0-9]{1,2}"
          autoComplete="off"
          maxLength={2}
          required
        />
        <Field
          label={t.start}
          type="datetime-local"
          value={start.value}
          onValue={into(start)}
          hint={t.startHint}
          error={about("pass.start_not_allowed")}
          autoComplete="off"
        />
        <label class="check">
          <input
            type="checkbox"
            checked={once.value}
            disabled={allowed.one_time_only}
            onChange={(event) => {
              once.value = event.currentTarget.checked;
            }}
          />
          <span>
            {t.once} {allowed.one_time_only ? <span class="soft small">{t.onceForced}</span> : null}
          </span>
        </label>
      </form>
    </Dialog>
  );
}

function Shown({ issued, name, onClose }: { issued: IssuedPass; name: string; onClose: () => void }) {
  const { starts_at, ends_at, status } = issued.pass;
  const until = dayAndTime(ends_at);
  return (
    <Dialog
      title={t.issuedTitle}
      onClose={onClose}
      actions={
        <Button weight="primary" onClick={onClose}>
          {t.done}
        </Button>
      }
    >
      <p class="typed-code">
        <span class="visually-hidden">{t.label}: </span>
        <span class="typed">{issued.secret}</span>
        <CopyButton text={issued.secret} label={t.label} />
      </p>
      <p>
        {status === "not_yet" ? t.issuedLater(name, dayAndTime(starts_at), until) : t.issuedText(name, until)}
      </p>
      <Notice tone="warning">{t.onlyNow}</Notice>
    </Dialog>
  );
}
