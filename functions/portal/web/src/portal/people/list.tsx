// Everybody who may sign in, a page at a time.

import { useSignal } from "@preact/signals";
import { call } from "../../kit/api";
import type { PeoplePage, Person } from "../../kit/api-types";
import { Badge } from "../../kit/components/badge";
import { Button } from "../../kit/components/button";
import { EmptyState } from "../../kit/components/empty-state";
import { Icon } from "../../kit/components/icon";
import { Loaded } from "../../kit/components/loaded";
import { Notice, ProblemNotice } from "../../kit/components/notice";
import { Page } from "../../kit/components/page";
import { useLoad } from "../../kit/load";
import type { Problem } from "../../kit/problem";
import { Link, query, replaceAddress } from "../../kit/router";
import { people as t } from "../../kit/texts/people";
import { CreateDialog } from "./create-dialog";
import { methodsText } from "./methods-text";
import { StatusBadge } from "./status-badge";

const page = (cursor?: string | null) =>
  call<PeoplePage>("GET", cursor ? `/people?cursor=${encodeURIComponent(cursor)}` : "/people");

export function PeopleList() {
  const loader = useLoad(() => page());
  const created = useSignal<Person | undefined>(undefined);
  const add = (
    <Button weight="primary" icon="plus" onClick={() => replaceAddress("/people?add=1")}>
      {t.create}
    </Button>
  );
  return (
    <Page title={t.title} lead={t.lead} actions={add}>
      {created.value ? (
        <Notice tone="success">{t.created(created.value.display_name, created.value.mail ?? "")}</Notice>
      ) : null}
      <Loaded loader={loader} rows={4}>
        {(value) => <Rows value={value} set={loader.set} />}
      </Loaded>
      {query.value.get("add") ? (
        <CreateDialog
          onClose={() => replaceAddress("/people")}
          onCreated={async (person) => {
            created.value = person;
            replaceAddress("/people");
            await loader.refresh();
          }}
        />
      ) : null}
    </Page>
  );
}

function Rows({ value, set }: { value: PeoplePage; set: (value: PeoplePage) => void }) {
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const more = async () => {
    busy.value = true;
    const answer = await page(value.next_cursor);
    busy.value = false;
    problem.value = answer.ok ? undefined : answer.problem;
    if (answer.ok) set({ ...answer.value, people: [...value.people, ...answer.value.people] });
  };
  if (value.people.length === 0) return <EmptyState icon="people" title={t.emptyTitle} text={t.emptyText} />;
  return (
    <>
      <ul class="rows" aria-label={t.listLabel}>
        {value.people.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
      </ul>
      {problem.value ? <ProblemNotice problem={problem.value} /> : null}
      {value.next_cursor ? (
        <p>
          <Button busy={busy.value} onClick={more}>
            {t.more}
          </Button>
        </p>
      ) : null}
    </>
  );
}

function PersonRow({ person }: { person: Person }) {
  return (
    <li>
      <Link href={`/people/${encodeURIComponent(person.id)}`} class="row row-link">
        <span class="initial" aria-hidden="true">
          {[...person.display_name][0]?.toLocaleUpperCase() ?? "?"}
        </span>
        <span class="row-body">
          <span class="row-head">
            <span class="row-title">{person.display_name}</span>
            <StatusBadge status={person.status} />
            {person.role === "administrator" ? <Badge tone="info">{t.roles.administrator}</Badge> : null}
          </span>
          <span class="row-meta">
            <span>{person.user_name}</span>
            {typeof person.methods === "number" ? <span>{methodsText(person.methods)}</span> : null}
          </span>
        </span>
        <Icon name="forward" />
      </Link>
    </li>
  );
}
