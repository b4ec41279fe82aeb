// Asks before this phone is removed from an account, and shows the service's refusal with what to do about it.
import { useSignal } from "@preact/signals";
import { Button, ButtonLink } from "../../kit/components/button";
import { Dialog } from "../../kit/components/dialog";
import { Notice } from "../../kit/components/notice";
import { removeAccount } from "../account-actions";
import type { Problem } from "../device/problem";
import { goHome } from "../route";
import type { Account } from "../store/accounts";
import { problemWords, texts } from "../texts";

export function Remove({ account, onClose }: { account: Account; onClose: () => void }) {
  const busy = useSignal(false);
  const refusal = useSignal<Problem | undefined>(undefined);
  const t = texts.remove;
  const remove = async () => {
    busy.value = true;
    refusal.value = await removeAccount(account);
    busy.value = false;
    if (!refusal.value) goHome();
  };
  const problem = refusal.value;
  const last = problem?.code === "method.last_or_required";
  return (
    <Dialog
      title={problem ? t.refused : t.title(account.userName)}
      onClose={onClose}
      actions={
        <>
          {last ? (
            <ButtonLink weight="primary" href="/">
              {texts.openSecurity}
            </ButtonLink>
          ) : (
            <Button weight="danger" busy={busy.value} onClick={() => void remove()}>
              {t.yes}
            </Button>
          )}
          <Button onClick={onClose}>{t.no}</Button>
        </>
      }
    >
      {problem ? (
        <Notice tone="danger">
          {last ? t.lastText : `${problemWords(problem).title}. ${problemWords(problem).text}`}
        </Notice>
      ) : (
        <p>{t.text}</p>
      )}
    </Dialog>
  );
}
