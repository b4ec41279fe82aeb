// Explains notifications before the browser asks, once the phone has shown that it works without them.
import { useSignal } from "@preact/signals";
import { Button } from "../../kit/components/button";
import { Notice } from "../../kit/components/notice";
import { turnPushOn } from "../account-actions";
import { isLive } from "../push/renew";
import { pushSupport } from "../push/support";
import { Shell } from "../shell";
import { configuration, justPaired, refreshAccounts } from "../state";
import { type Account, changeAccount } from "../store/accounts";
import { texts } from "../texts";
import { Sign } from "./parts";

/** Whether there is anything to offer: no push yet, the service sends them, the browser has not said no. */
export function canOfferPush(account: Account | undefined): boolean {
  const support = pushSupport();
  if (!isLive(account) || account?.endpoint) return false;
  return Boolean(configuration.value?.vapidKey) && (support === "askable" || support === "granted");
}

export function PushStep({ account }: { account: Account }) {
  const busy = useSignal(false);
  const failed = useSignal(false);
  const t = texts.push;
  const end = () => {
    justPaired.value = undefined;
  };
  const on = async () => {
    busy.value = true;
    const done = await turnPushOn().catch(() => false);
    busy.value = false;
    if (done) end();
    else failed.value = true;
  };
  const skip = async () => {
    await changeAccount(account.authenticatorId, { pushDeclined: true });
    await refreshAccounts();
    end();
  };
  return (
    <Shell
      title={t.title}
      lead={t.text}
      focus
      before={<Sign icon="bell" tone="accent" />}
      actions={
        failed.value ? (
          <Button weight="primary" wide onClick={end}>
            {texts.outcome.next}
          </Button>
        ) : (
          <>
            <Button weight="primary" wide icon="bell" busy={busy.value} onClick={() => void on()}>
              {busy.value ? t.working : t.on}
            </Button>
            <Button weight="quiet" wide onClick={() => void skip()}>
              {t.skip}
            </Button>
          </>
        )
      }
    >
      {failed.value ? (
        <Notice tone="warning">{pushSupport() === "denied" ? t.deniedText : t.failed}</Notice>
      ) : null}
    </Shell>
  );
}
