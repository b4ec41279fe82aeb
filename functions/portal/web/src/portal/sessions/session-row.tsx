// One open session: the device, where it is, how it was opened.
import type { Session } from "../../kit/api-types";
import { Badge } from "../../kit/components/badge";
import { Button } from "../../kit/components/button";
import { Icon } from "../../kit/components/icon";
import { ago, dayAndTime } from "../../kit/dates";
import { portal } from "../../kit/texts/portal";

const t = portal.sessions;

export function sessionName(session: Session): string {
  if (!session.browser) return session.os ?? t.unknownDevice;
  return t.on(session.browser, session.os ?? "");
}

export function SessionRow({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const name = sessionName(session);
  return (
    <li class="row session">
      <span class="tile">
        <Icon name={session.device_kind ?? "other"} size={24} />
      </span>
      <div class="row-body">
        <div class="row-head">
          <h2 class="row-title">{name}</h2>
          {session.current ? <Badge tone="accent">{t.current}</Badge> : null}
        </div>
        <p class="row-detail">
          {[session.place ?? t.unknownPlace, session.address].filter(Boolean).join("\u00a0· ")}
        </p>
        <p class="row-meta">
          <span>{t.started(dayAndTime(session.started_at))}</span>
          <span>{t.seen(ago(session.last_seen_at, Date.now()))}</span>
          <span>{t.ends(dayAndTime(session.expires_at))}</span>
          <span>{t.levels[session.level]}</span>
          {session.methods.length > 0 ? <span>{t.openedWith(session.methods.join(", "))}</span> : null}
        </p>
      </div>
      <Button onClick={onEnd} aria-label={t.endLabel(name)}>
        {t.end}
      </Button>
    </li>
  );
}
