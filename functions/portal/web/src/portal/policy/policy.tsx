// The administrators' page about which method is for whom: one document, edited whole and saved over the version that was read.
import { useSignal } from "@preact/signals";
import { call } from "../../kit/api";
import { Button } from "../../kit/components/button";
import { Loaded } from "../../kit/components/loaded";
import { Notice, ProblemNotice } from "../../kit/components/notice";
import { Page } from "../../kit/components/page";
import { useLoad } from "../../kit/load";
import type { Problem } from "../../kit/problem";
import { policy as t } from "../../kit/texts/policy";
import type { Strength } from "./combinations";
import { Conflict } from "./conflict";
import { apply, changes, methods, type Policy, set, type Value } from "./document";
import { MethodRule } from "./method-rule";
import { Strengths } from "./strengths";

export function PolicyPage() {
  const loader = useLoad(() => call<Policy>("GET", "/policy/methods"));
  return (
    <Page title={t.title} lead={t.lead}>
      <Loaded loader={loader}>{(value) => <Editor key={value.version} first={value} />}</Loaded>
    </Page>
  );
}

/** What the problem says of each field, and what it says of the whole. */
function objections(problem: Problem | undefined) {
  return {
    at: (pointer: string) =>
      problem?.errors
        ?.filter((error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))
        .map(({ detail }) => detail)
        .join(" ") || undefined,
    whole: problem?.errors?.filter(({ pointer }) => pointer === "").map(({ detail }) => detail) ?? [],
  };
}

function Editor({ first }: { first: Policy }) {
  const read = useSignal(first);
  const draft = useSignal(first);
  const theirs = useSignal<Policy | undefined>(undefined);
  const busy = useSignal(false);
  const done = useSignal("");
  const problem = useSignal<Problem | undefined>(undefined);

  const edit = (path: string[], value: Value) => {
    draft.value = set(draft.value, path, value);
    done.value = "";
  };
  const editStrengths = (list: Strength[]) => {
    // What was said of the list goes by place, and the places have moved
    if (list.length < draft.value.strengths.length) problem.value = undefined;
    edit(
      ["strengths"],
      list.map(({ name, any_of }) => ({ name, any_of })),
    );
  };
  const start = (policy: Policy, edited = policy) => {
    read.value = policy;
    draft.value = edited;
    theirs.value = undefined;
    problem.value = undefined;
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    if (changes(read.value, draft.value).length === 0) {
      done.value = t.unchanged;
      return;
    }
    busy.value = true;
    done.value = "";
    const ifMatch = `"${read.value.version}"`;
    const answer = await call<Policy>("PUT", "/policy/methods", draft.value, { ifMatch });
    const conflict = !answer.ok && answer.problem.code === "policy.version_conflict";
    const latest = conflict ? await call<Policy>("GET", "/policy/methods") : undefined;
    busy.value = false;
    if (answer.ok) {
      start(answer.value);
      done.value = t.saved(answer.value.version);
    } else if (latest?.ok) {
      problem.value = undefined;
      theirs.value = latest.value;
    } else {
      problem.value = answer.problem;
    }
  };

  const { at, whole } = objections(problem.value);
  return (
    <form class="policy" onSubmit={save}>
      <section class="panel" aria-labelledby="general">
        <h2 id="general">{t.general}</h2>
        <label class="check">
          <input
            type="checkbox"
            checked={draft.value.system_preferred}
            onChange={(event) => edit(["system_preferred"], event.currentTarget.checked)}
          />
          <span>
            {t.systemPreferred} <span class="soft small">{t.systemPreferredHint}</span>
          </span>
        </label>
      </section>
      {methods(draft.value).map(([kind, rule]) => (
        <MethodRule key={kind} kind={kind} rule={rule} at={at} edit={edit} />
      ))}
      <Strengths list={draft.value.strengths} at={at} onList={editStrengths} />
      {theirs.value ? (
        <Conflict
          list={changes(read.value, theirs.value)}
          onKeep={() => {
            const mine = changes(read.value, draft.value);
            if (theirs.value) start(theirs.value, apply(theirs.value, mine));
          }}
          onLoad={() => {
            if (theirs.value) start(theirs.value);
          }}
        />
      ) : null}
      {problem.value ? <ProblemNotice problem={problem.value} /> : null}
      {whole.map((detail) => (
        <Notice key={detail} tone="danger">
          {detail}
        </Notice>
      ))}
      {done.value ? <Notice tone="success">{done.value}</Notice> : null}
      <p class="button-row">
        <Button type="submit" weight="primary" busy={busy.value}>
          {t.save}
        </Button>
        <Button weight="quiet" onClick={() => start(read.value)}>
          {t.discard}
        </Button>
        <span class="soft small">{t.version(read.value.version)}</span>
      </p>
    </form>
  );
}
