// A person's temporary access pass: how it stands, and issuing, replacing and revoking one.

import { useSignal } from "@preact/signals";
import { call } from "../../kit/api";
import type { Pass, Person, PersonPass } from "../../kit/api-types";
import { Badge } from "../../kit/components/badge";
import { Button } from "../../kit/components/button";
import { Loaded } from "../../kit/components/loaded";
import { Notice } from "../../kit/components/notice";
import { dayAndTime } from "../../kit/dates";
import { put } from "../../kit/into";
import { useLoad } from "../../kit/load";
import { query, replaceAddress } from "../../kit/router";
import { passes as t } from "../../kit/texts/passes";
import { ConfirmDialog } from "../confirm-dialog";
import { PassDialog } from "./pass-dialog";

const TONES = { not_yet: "info", open: "success", used: "warning" } as const;

export function PassSection({ person }: { person: Person }) {
  const here = `/people/${encodeURIComponent(person.id)}`;
  const loader = useLoad(() => call<PersonPass>("GET", `${here}/pass`), `${person.id} ${person.status}`);
  return (
    <section aria-labelledby="pass">
      <h2 class="section-title" id="pass">
        {t.section}
      </h2>
      <Loaded loader={loader} rows={1}>
        {(value) => <Standing person={person} value={value} here={here} refresh={loader.refresh} />}
      </Loaded>
    </section>
  );
}

function Standing({
  person,
  value,
  here,
  refresh,
}: {
  person: Person;
  value: PersonPass;
  here: string;
  refresh: () => Promise<void>;
}) {
  const { pass, allowed } = value;
  const revoking = useSignal(false);
  const revoked = useSignal(false);
  const revoke = async () => {
    const answer = await call("DELETE", `${here}/pass`);
    if (!answer.ok && answer.problem.code !== "pass.not_found") return answer.problem;
    revoking.value = false;
    revoked.value = true;
    await refresh();
    return undefined;
  };
  const open = () => {
    revoked.value = false;
    replaceAddress(`${here}?pass=new`);
  };
  return (
    <>
      {revoked.value ? <Notice tone="success">{t.revoked}</Notice> : null}
      <div class="panel pass">
        <div class="pass-state">
          {pass ? <State pass={pass} /> : <p>{t.none}</p>}
          <p class="row-detail">{allowed || pass ? t.lead : t.notPossible}</p>
        </div>
        <div class="button-row">
          {allowed ? <Button onClick={open}>{pass ? t.issueAnother : t.issue}</Button> : null}
          {pass ? (
            <Button weight="caution" onClick={put(revoking, true)}>
              {t.revoke}
            </Button>
          ) : null}
        </div>
      </div>
      {allowed && query.value.get("pass") === "new" ? (
        <PassDialog
          name={person.display_name}
          here={here}
          allowed={allowed}
          replaces={pass !== undefined}
          onIssued={refresh}
          onClose={() => replaceAddress(here)}
        />
      ) : null}
      {revoking.value ? (
        <ConfirmDialog
          title={t.revokeTitle(person.display_name)}
          text={t.revokeText}
          confirm={t.revoke}
          onConfirm={revoke}
          onClose={put(revoking, false)}
        />
      ) : null}
    </>
  );
}

function State({ pass }: { pass: Pass }) {
  return (
    <>
      <p class="row-head">
        <Badge tone={TONES[pass.status]}>{t.statuses[pass.status]}</Badge>
      </p>
      <p class="row-meta">
        {pass.status === "not_yet" ? <span>{t.begins(dayAndTime(pass.starts_at))}</span> : null}
        <span>
          {pass.status === "used" ? t.usedUntil(dayAndTime(pass.ends_at)) : t.ends(dayAndTime(pass.ends_at))}
        </span>
        <span>{pass.one_time ? t.oneTime : t.manyTimes(pass.uses)}</span>
      </p>
    </>
  );
}
