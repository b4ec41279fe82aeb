// "This was me" or "This wasn't me", and the way through when it wasn't.
import { useSignal } from "@preact/signals";
import { call } from "../../kit/api";
import type { ActivityEvent, Verdict } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { Icon } from "../../kit/components/icon";
import { ProblemNotice } from "../../kit/components/notice";
import type { Problem } from "../../kit/problem";
import { Link } from "../../kit/router";
import { portal } from "../../kit/texts/portal";
import { announce } from "../announcer";

const t = portal.activity;

interface VerdictProps {
  event: ActivityEvent;
  stillOpen: boolean;
  onChange: (event: ActivityEvent) => void;
  onEnded: () => Promise<void>;
}

export function VerdictPanel({ event, stillOpen, onChange, onEnded }: VerdictProps) {
  const busy = useSignal<Verdict | undefined>(undefined);
  const problem = useSignal<Problem | undefined>(undefined);

  const say = async (verdict: Verdict) => {
    busy.value = verdict;
    const answer = await call<ActivityEvent>("PUT", `/me/activity/${encodeURIComponent(event.id)}/verdict`, {
      verdict,
    });
    busy.value = undefined;
    problem.value = answer.ok ? undefined : answer.problem;
    if (!answer.ok) return;
    onChange(answer.value);
    announce(t.noted);
  };

  return (
    <div class="verdict">
      {problem.value ? <ProblemNotice problem={problem.value} /> : null}
      {event.verdict ? (
        <p class="verdict-said">
          <Icon name={event.verdict === "me" ? "check" : "warning"} />{" "}
          {event.verdict === "me" ? t.markedMe : t.markedNotMe}
          <Button
            weight="quiet"
            busy={busy.value !== undefined}
            onClick={() => say(event.verdict === "me" ? "not_me" : "me")}
          >
            {event.verdict === "me" ? t.notMe : t.me}
          </Button>
        </p>
      ) : (
        <div class="button-row">
          <Button busy={busy.value === "me"} onClick={() => say("me")}>
            {t.me}
          </Button>
          <Button busy={busy.value === "not_me"} onClick={() => say("not_me")}>
            {t.notMe}
          </Button>
        </div>
      )}
      {event.verdict === "not_me" ? (
        <WayThrough event={event} stillOpen={stillOpen} onEnded={onEnded} />
      ) : null}
    </div>
  );
}

/** What to do now, in order: take the session away, then look at what may have been changed. */
function WayThrough({
  event,
  stillOpen,
  onEnded,
}: {
  event: ActivityEvent;
  stillOpen: boolean;
  onEnded: () => Promise<void>;
}) {
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const end = async () => {
    busy.value = true;
    const answer = await call("DELETE", `/me/sessions/${encodeURIComponent(event.session_id ?? "")}`);
    busy.value = false;
    problem.value = answer.ok ? undefined : answer.problem;
    if (answer.ok) await onEnded();
  };
  return (
    <div class="way-through">
      <h3>{t.notMeTitle}</h3>
      <p class="soft">{t.notMeText}</p>
      {problem.value ? <ProblemNotice problem={problem.value} /> : null}
      <ol>
        {event.session_id ? (
          <li>
            {stillOpen ? (
              <Button weight="danger" busy={busy.value} onClick={end}>
                {t.notMeEnd}
              </Button>
            ) : (
              t.notMeEnded
            )}
          </li>
        ) : null}
        <li>
          <Link href="/sessions?everywhere=1">{t.notMeEverywhere}</Link>
        </li>
        <li>
          <Link href="/">{t.notMeMethods}</Link>
        </li>
        <li>{t.notMeAsk}</li>
      </ol>
    </div>
  );
}
