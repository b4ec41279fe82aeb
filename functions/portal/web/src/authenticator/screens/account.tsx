// One account: what is known of it here, its notifications, and how it ends.
import { useSignal } from "@preact/signals";
import { Button } from "../../kit/components/button";
import { Notice } from "../../kit/components/notice";
import { ago, dayAndTime } from "../../kit/dates";
import { forget } from "../account-actions";
import { isLive } from "../push/renew";
import { go, goHome } from "../route";
import { Shell } from "../shell";
import { findAccount } from "../state";
import { type Account, stageOf } from "../store/accounts";
import { texts } from "../texts";
import { AccountPush } from "./account-push";
import { Facts } from "./parts";
import { Remove } from "./remove";

export function AccountScreen({ id }: { id: string }) {
  const account = findAccount(id);
  if (account) return <Details account={account} />;
  return <Shell title={texts.account.gone} onBack={goHome} focus />;
}

function Details({ account }: { account: Account }) {
  const removing = useSignal(false);
  const t = texts.account;
  const { lastAnswer } = account;
  const live = isLive(account);
  const last = lastAnswer ? t[lastAnswer.outcome](ago(lastAnswer.at, Date.now())) : texts.accounts.never;
  const drop = async () => {
    goHome();
    await forget(account);
  };
  return (
    <Shell
      title={account.displayName || account.userName}
      lead={account.organization}
      onBack={goHome}
      focus
      actions={
        live ? (
          <>
            {account.status === "active" ? (
              <Button wide icon="phone" onClick={() => go({ screen: "move", id: account.authenticatorId })}>
                {t.move}
              </Button>
            ) : null}
            <Button
              wide
              icon="trash"
              class="button-deny"
              onClick={() => {
                removing.value = true;
              }}
            >
              {t.remove}
            </Button>
          </>
        ) : (
          <>
            <Button weight="primary" wide onClick={() => go({ screen: "add" })}>
              {t.pairAgain}
            </Button>
            <Button wide icon="trash" onClick={() => void drop()}>
              {t.forget}
            </Button>
          </>
        )
      }
    >
      <StageNotice stage={stageOf(account)} />
      <Facts
        rows={[
          [t.user, account.userName],
          [t.name, account.name],
          [t.added, dayAndTime(account.addedAt)],
          [t.lastAnswer, last],
          [t.status, texts.accounts.status[stageOf(account)]],
        ]}
      />
      {live ? <AccountPush account={account} /> : null}
      {removing.value ? (
        <Remove
          account={account}
          onClose={() => {
            removing.value = false;
          }}
        />
      ) : null}
    </Shell>
  );
}

function StageNotice({ stage }: { stage: ReturnType<typeof stageOf> }) {
  const t = texts.account;
  switch (stage) {
    case "active":
      return null;
    case "pending":
      return (
        <Notice tone="warning" title={t.pendingTitle} still>
          {t.pendingText}
        </Notice>
      );
    case "confirming":
      return (
        <Notice title={t.confirmingTitle} still>
          {t.confirmingText}
        </Notice>
      );
    case "removed":
      return (
        <Notice tone="danger" title={t.removedTitle} still>
          {t.removedText}
        </Notice>
      );
    case "lost":
      return (
        <Notice tone="danger" title={t.lostTitle} still>
          {t.lostText}
        </Notice>
      );
  }
}
