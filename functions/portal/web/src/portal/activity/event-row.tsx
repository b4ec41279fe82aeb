// One event: what happened, where, and on request everything that is known about it.
import type { ActivityEvent } from "../../kit/api-types";
import { Badge } from "../../kit/components/badge";
import { Icon, type IconName } from "../../kit/components/icon";
import { time } from "../../kit/dates";
import { portal } from "../../kit/texts/portal";
import { eventFields, eventLine, eventReason, eventTitle } from "./event-words";
import { VerdictPanel } from "./verdict";

const t = portal.activity;

const ICONS: Record<ActivityEvent["outcome"], IconName> = {
  success: "check",
  failure: "cross",
  information: "info",
};

interface EventRowProps {
  event: ActivityEvent;
  open: ReadonlySet<string> | undefined;
  onChange: (event: ActivityEvent) => void;
  onEnded: () => Promise<void>;
}

export function EventRow({ event, open, onChange, onEnded }: EventRowProps) {
  const stillOpen = event.session_id && open ? open.has(event.session_id) : undefined;
  const line = eventLine(event);
  const reason = eventReason(event);
  return (
    <li class="event">
      <details>
        <summary class="row">
          <span class={`outcome outcome-${event.outcome}`}>
            <Icon name={ICONS[event.outcome]} size={18} />
          </span>
          <span class="row-body">
            <span class="row-head">
              <span class="event-title">{eventTitle(event)}</span>
              {stillOpen ? <Badge tone="success">{t.sessionOpen}</Badge> : null}
              {event.verdict === "not_me" ? <Badge tone="danger">{t.notMe}</Badge> : null}
              {event.verdict === "me" ? <Badge>{t.me}</Badge> : null}
            </span>
            {event.outcome === "failure" && reason ? <span class="row-detail">{reason}</span> : null}
            {line.length > 0 ? (
              <span class="row-meta">
                {line.map((part) => (
                  <span key={part}>{part}</span>
                ))}
              </span>
            ) : null}
          </span>
          <time class="event-time" dateTime={event.at}>
            {time(event.at)}
          </time>
          <Icon name="chevron" />
        </summary>
        <div class="event-more">
          <dl class="facts">
            {eventFields(event, stillOpen).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <VerdictPanel event={event} stillOpen={stillOpen === true} onChange={onChange} onEnded={onEnded} />
        </div>
      </details>
    </li>
  );
}
