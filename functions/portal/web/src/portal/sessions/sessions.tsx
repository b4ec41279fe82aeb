// Sessions: where the account is signed in, and the ways to end that.

import { useSignal } from "@preact/signals";
import { call, leave } from "../../kit/api";
import type { Session } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { Loaded } from "../../kit/components/loaded";
import { Page } from "../../kit/components/page";
import { put } from "../../kit/into";
import { useLoad } from "../../kit/load";
import { Link, query, replaceAddress } from "../../kit/router";
import { portal } from "../../kit/texts/portal";
import { announce } from "../announcer";
import { ConfirmDialog } from "../confirm-dialog";
import { EverywhereDialog } from "./everywhere-dialog";
import { SessionRow, sessionName } from "./session-row";

const t = portal.sessions;

export function Sessions() {
  const loader = useLoad(() => call<{ sessions: Session[] }>("GET", "/me/sessions"));
  const ending = useSignal<Session | undefined>(undefined);

  const end = async (session: Session) => {
    const answer = await call("DELETE", `/me/sessions/${encodeURIComponent(session.id)}`);
    if (!answer.ok && answer.problem.code !== "session.not_found") return answer.problem;
    if (session.current) return leave("/sign-in");
    ending.value = undefined;
    announce(t.ended(sessionName(session)));
    await loader.refresh();
    return undefined;
  };

  const current = ending.value;
  return (
    <Page
      title={t.title}
      lead={t.lead}
      actions={
        <Button icon="leave" onClick={() => replaceAddress("/sessions?everywhere=1")}>
          {t.everywhere}
        </Button>
      }
    >
      <Loaded loader={loader}>
        {({ sessions }) => (
          <>
            <ul class="rows">
              {[...sessions]
                .sort(
                  (one, other) =>
                    Number(other.current) - Number(one.current) ||
                    other.last_seen_at.localeCompare(one.last_seen_at),
                )
                .map((session) => (
                  <SessionRow key={session.id} session={session} onEnd={put(ending, session)} />
                ))}
            </ul>
            <p class="soft">
              <strong>{t.unsure}</strong> {t.unsureText} <Link href="/activity">{portal.activity.title}</Link>
            </p>
          </>
        )}
      </Loaded>
      {current ? (
        <ConfirmDialog
          title={t.endTitle(sessionName(current))}
          text={t.endText}
          confirm={t.end}
          onConfirm={() => end(current)}
          onClose={put(ending, undefined)}
        />
      ) : null}
      {query.value.get("everywhere") ? (
        <EverywhereDialog onClose={() => replaceAddress("/sessions")} onDone={loader.refresh} />
      ) : null}
    </Page>
  );
}
