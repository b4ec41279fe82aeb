// The groups that somebody is in: policy goes by them.
import { useSignal } from "@preact/signals";
import { call } from "../../kit/api";
import type { Person } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { Field } from "../../kit/components/field";
import { Notice, ProblemNotice } from "../../kit/components/notice";
import { into } from "../../kit/into";
import { fromList, toList } from "../../kit/lists";
import type { Problem } from "../../kit/problem";
import { people as t } from "../../kit/texts/people";
import { problemText } from "../../kit/texts/problems";

export function Groups({ person, set }: { person: Person; set: (person: Person) => void }) {
  const text = useSignal(fromList(person.groups ?? []));
  const busy = useSignal(false);
  const done = useSignal("");
  const problem = useSignal<Problem | undefined>(undefined);

  const save = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    done.value = "";
    const path = `/people/${encodeURIComponent(person.id)}/groups`;
    const answer = await call<Person>("PUT", path, { groups: toList(text.value) });
    busy.value = false;
    problem.value = answer.ok ? undefined : answer.problem;
    if (!answer.ok) return;
    const groups = answer.value.groups ?? [];
    text.value = fromList(groups);
    done.value = t.groupsSaved(person.display_name, fromList(groups));
    set(answer.value);
  };

  const beside = problem.value?.code.startsWith("group.");
  const said = beside && problem.value ? problemText(problem.value) : undefined;
  return (
    <section aria-labelledby="groups">
      <h2 class="section-title" id="groups">
        {t.groups}
      </h2>
      {done.value ? <Notice tone="success">{done.value}</Notice> : null}
      {problem.value && !beside ? <ProblemNotice problem={problem.value} /> : null}
      <form class="form" onSubmit={save}>
        <Field
          label={t.groupsLabel}
          value={text.value}
          onValue={into(text)}
          hint={t.groupsHint}
          error={said ? `${said.title}. ${said.text}` : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
        />
        <p>
          <Button type="submit" busy={busy.value}>
            {t.groupsSave}
          </Button>
        </p>
      </form>
    </section>
  );
}
