// One person: who they are, how they sign in, and what an administrator can do for or about them.

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { call } from "../../kit/api";
import type { InvitationSent, Person } from "../../kit/api-types";
import { Button, type Weight } from "../../kit/components/button";
import { Icon } from "../../kit/components/icon";
import { Loaded } from "../../kit/components/loaded";
import { Notice, ProblemNotice } from "../../kit/components/notice";
import { Page } from "../../kit/components/page";
import { dayAndTime } from "../../kit/dates";
import { put } from "../../kit/into";
import { useLoad } from "../../kit/load";
import type { Problem } from "../../kit/problem";
import { Link } from "../../kit/router";
import { people as t } from "../../kit/texts/people";
import { ConfirmDialog } from "../confirm-dialog";
import { Groups } from "./groups";
import { methodsText } from "./methods-text";
import { PassSection } from "./pass";
import { StatusBadge } from "./status-badge";

export function PersonPage({ id, own }: { id: string; own: boolean }) {
  const loader = useLoad(() => call<Person>("GET", `/people/${encodeURIComponent(id)}`), id);
  return (
    <>
      <p class="page-above">
        <Link href="/people" class="back">
          <Icon name="back" /> {t.back}
        </Link>
      </p>
      <Loaded loader={loader}>{(person) => <Details person={person} own={own} set={loader.set} />}</Loaded>
    </>
  );
}

function Details({ person, own, set }: { person: Person; own: boolean; set: (person: Person) => void }) {
  const facts: (readonly [string, ComponentChildren])[] = [
    [t.userName, person.user_name],
    [t.mail, person.mail ?? "–"],
    [t.role, t.roles[person.role]],
    [t.status, <StatusBadge status={person.status} />],
    ...(typeof person.methods === "number" ? [[t.methodsField, methodsText(person.methods)] as const] : []),
    [t.created_at, dayAndTime(person.created_at)],
  ];
  return (
    <Page title={person.display_name}>
      <dl class="facts panel">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Groups person={person} set={set} />
      {own ? null : <PassSection person={person} />}
      <section aria-labelledby="actions">
        <h2 class="section-title" id="actions">
          {t.actions}
        </h2>
        {own ? <Notice still>{t.yourself}</Notice> : <Actions person={person} set={set} />}
      </section>
    </Page>
  );
}

type Asking = "disable" | "sessions";

function Actions({ person, set }: { person: Person; set: (person: Person) => void }) {
  const at = `/people/${encodeURIComponent(person.id)}`;
  const done = useSignal("");
  const problem = useSignal<Problem | undefined>(undefined);
  const asking = useSignal<Asking | undefined>(undefined);

  /** Does it, then says so; a problem is handed back and shown. */
  const act = async <T,>(
    verb: "POST" | "DELETE",
    path: string,
    say: (value: T) => string,
  ): Promise<Problem | undefined> => {
    done.value = "";
    const answer = await call<T>(verb, `${at}${path}`);
    problem.value = answer.ok ? undefined : answer.problem;
    if (!answer.ok) return answer.problem;
    asking.value = undefined;
    done.value = say(answer.value);
    return undefined;
  };
  const changed = (say: string) => (value: Person) => {
    set(value);
    return say;
  };
  const disable = () => act<Person>("POST", "/disable", changed(t.disabled(person.display_name)));
  const endSessions = () =>
    act<{ sessions_ended: number }>("DELETE", "/sessions", (value) =>
      t.endSessionsDone(value.sessions_ended),
    );
  const close = put(asking, undefined);

  return (
    <>
      {done.value ? <Notice tone="success">{done.value}</Notice> : null}
      {problem.value && !asking.value ? <ProblemNotice problem={problem.value} /> : null}
      <ul class="rows">
        {person.status === "invited" ? (
          <Action
            label={t.newLink}
            text={t.newLinkText}
            onPress={() =>
              act<InvitationSent>("POST", "/invitation", ({ sent_to, sent, expires_at }) =>
                sent === false ? t.newLinkNotSent(sent_to) : t.newLinkSent(sent_to, dayAndTime(expires_at)),
              )
            }
          />
        ) : null}
        <Action label={t.endSessions} text={t.endSessionsText} onPress={put(asking, "sessions")} />
        {person.status === "disabled" ? (
          <Action
            label={t.enable}
            text={t.enableText}
            onPress={() => act<Person>("POST", "/enable", changed(t.enabled(person.display_name)))}
          />
        ) : (
          <Action label={t.disable} text={t.disableText} weight="caution" onPress={put(asking, "disable")} />
        )}
      </ul>
      {asking.value === "disable" ? (
        <ConfirmDialog
          title={t.disableTitle(person.display_name)}
          text={t.disableText}
          confirm={t.disable}
          onConfirm={disable}
          onClose={close}
        />
      ) : null}
      {asking.value === "sessions" ? (
        <ConfirmDialog
          title={t.endSessionsTitle(person.display_name)}
          text={t.endSessionsText}
          confirm={t.endSessions}
          onConfirm={endSessions}
          onClose={close}
        />
      ) : null}
    </>
  );
}

function Action({
  label,
  text,
  weight,
  onPress,
}: {
  label: string;
  text: string;
  weight?: Weight;
  onPress: () => unknown;
}) {
  const busy = useSignal(false);
  const press = async () => {
    busy.value = true;
    await onPress();
    busy.value = false;
  };
  return (
    <li class="row action">
      <p class="row-body">{text}</p>
      <Button weight={weight ?? "secondary"} busy={busy.value} onClick={press}>
        {label}
      </Button>
    </li>
  );
}
