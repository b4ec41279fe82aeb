// Recent activity: what happened on the account, by day, older pages on demand.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { call } from "../../kit/api";
import type { ActivityEvent, ActivityPage, Session } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { EmptyState } from "../../kit/components/empty-state";
import { Loaded } from "../../kit/components/loaded";
import { ProblemNotice } from "../../kit/components/notice";
import { Page } from "../../kit/components/page";
import { dayHeading } from "../../kit/dates";
import { useLoad } from "../../kit/load";
import type { Problem } from "../../kit/problem";
import { portal } from "../../kit/texts/portal";
import { byDay } from "./by-day";
import { EventRow } from "./event-row";

const t = portal.activity;

const page = (cursor?: string | null) =>
  call<ActivityPage>("GET", cursor ? `/me/activity?cursor=${encodeURIComponent(cursor)}` : "/me/activity");

export function Activity() {
  const loader = useLoad(() => page());
  const open = useSignal<ReadonlySet<string> | undefined>(undefined);
  const readSessions = async () => {
    const answer = await call<{ sessions: Session[] }>("GET", "/me/sessions");
    if (answer.ok) open.value = new Set(answer.value.sessions.map((session) => session.id));
  };
  // Not every value used is listed: read once, and again when a session was ended here
  useEffect(() => {
    void readSessions();
  }, []);
  return (
    <Page title={t.title} lead={t.lead}>
      <Loaded loader={loader} rows={5}>
        {(value) => <Days value={value} set={loader.set} open={open.value} onEnded={readSessions} />}
      </Loaded>
    </Page>
  );
}

interface DaysProps {
  value: ActivityPage;
  set: (value: ActivityPage) => void;
  /** The sessions that are still open; unknown until they were read. */
  open: ReadonlySet<string> | undefined;
  onEnded: () => Promise<void>;
}

function Days({ value, set, open, onEnded }: DaysProps) {
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);

  const older = async () => {
    busy.value = true;
    const answer = await page(value.next_cursor);
    busy.value = false;
    problem.value = answer.ok ? undefined : answer.problem;
    if (answer.ok) set({ ...answer.value, events: [...value.events, ...answer.value.events] });
  };
  const replace = (changed: ActivityEvent) => {
    set({ ...value, events: value.events.map((event) => (event.id === changed.id ? changed : event)) });
  };

  if (value.events.length === 0)
    return <EmptyState icon="activity" title={t.emptyTitle} text={t.emptyText} />;
  return (
    <>
      {byDay(value.events).map((day) => (
        <section key={day.key} aria-labelledby={`day-${day.key}`}>
          <h2 class="section-title" id={`day-${day.key}`}>
            {dayHeading(day.events[0]?.at ?? day.key, Date.now())}
          </h2>
          <ul class="rows">
            {day.events.map((event) => (
              <EventRow key={event.id} event={event} open={open} onChange={replace} onEnded={onEnded} />
            ))}
          </ul>
        </section>
      ))}
      {problem.value ? <ProblemNotice problem={problem.value} /> : null}
      {value.next_cursor ? (
        <p>
          <Button busy={busy.value} onClick={older}>
            {t.older}
          </Button>
        </p>
      ) : (
        <p class="soft small">{t.end}</p>
      )}
    </>
  );
}
