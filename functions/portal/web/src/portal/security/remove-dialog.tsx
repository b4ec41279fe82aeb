// Asks before a method is removed, having found out what would end with it.
import { useSignal } from "@preact/signals";
import { call, leave } from "../../kit/api";
import type { Method, Removal, Removed } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { Dialog } from "../../kit/components/dialog";
import { Loaded } from "../../kit/components/loaded";
import { Notice, ProblemNotice } from "../../kit/components/notice";
import { useLoad } from "../../kit/load";
import type { Problem } from "../../kit/problem";
import { navigate } from "../../kit/router";
import { common } from "../../kit/texts/common";
import { portal } from "../../kit/texts/portal";
import { problemText } from "../../kit/texts/problems";
import { announce } from "../announcer";

const t = portal.remove;

interface RemoveDialogProps {
  method: Method;
  onClose: () => void;
  refresh: () => Promise<void>;
}

export function RemoveDialog({ method, onClose, refresh }: RemoveDialogProps) {
  const id = encodeURIComponent(method.id);
  const loader = useLoad(() => call<Removal>("GET", `/me/methods/${id}/removal`), id);
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const load = loader.load.value;
  const refused = load.state === "ready" && !load.value.allowed;

  const remove = async () => {
    busy.value = true;
    const answer = await call<Removed>("DELETE", `/me/methods/${id}`, undefined, {
      resume: `/?remove=${id}`,
    });
    busy.value = false;
    if (!answer.ok) {
      problem.value = answer.problem;
      return;
    }
    if (answer.value.signed_out) {
      await leave("/sign-in");
      return;
    }
    onClose();
    const name = method.kind === "recovery_codes" ? t.recoverySet : method.name;
    announce(t.removed(name, answer.value.sessions_ended));
    await refresh();
  };

  const goOn = refused ? (
    <Button weight="primary" onClick={() => navigate("/add-method")}>
      {t.addAnother}
    </Button>
  ) : (
    <Button weight="danger" busy={busy.value} onClick={remove}>
      {t.confirm}
    </Button>
  );
  return (
    <Dialog
      title={refused ? t.refusedTitle(method.name) : t.title(method.name)}
      onClose={onClose}
      actions={
        <>
          {load.state === "ready" ? goOn : null}
          <Button onClick={onClose}>{common.cancel}</Button>
        </>
      }
    >
      {problem.value ? <ProblemNotice problem={problem.value} /> : null}
      <Loaded loader={loader} rows={1}>
        {(removal) => <Consequences removal={removal} />}
      </Loaded>
    </Dialog>
  );
}

function Consequences({ removal }: { removal: Removal }) {
  if (!removal.allowed) {
    return <p>{removal.refusal ? problemText(removal.refusal).text : null}</p>;
  }
  return (
    <>
      <p>{t.text}</p>
      <p>{removal.sessions_ended === 0 ? t.noSessions : t.sessions(removal.sessions_ended)}</p>
      {removal.ends_current ? (
        <Notice tone="warning" still>
          {t.current}
        </Notice>
      ) : null}
      {removal.new_default ? <p class="soft">{t.newDefault(removal.new_default.name)}</p> : null}
    </>
  );
}
