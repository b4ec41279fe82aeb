// Reminds, on the list, that notifications are off, as long as the member has not said that this is as wished.
import { useSignal } from "@preact/signals";
import { Button } from "../../kit/components/button";
import { Notice } from "../../kit/components/notice";
import { turnPushOn } from "../account-actions";
import { pushSupport } from "../push/support";
import { accounts, refreshAccounts } from "../state";
import { changeAccount } from "../store/accounts";
import { texts } from "../texts";
import { canOfferPush } from "./push-step";

export function PushNotice() {
  const busy = useSignal(false);
  const failed = useSignal(false);
  const t = texts.push;
  const silent = accounts.value.filter((account) => canOfferPush(account) && !account.pushDeclined);
  if (silent.length === 0) return null;
  const on = async () => {
    busy.value = true;
    failed.value = !(await turnPushOn().catch(() => false));
    busy.value = false;
  };
  const skip = async () => {
    for (const { authenticatorId } of silent) await changeAccount(authenticatorId, { pushDeclined: true });
    await refreshAccounts();
  };
  return (
    <Notice
      title={t.offTitle}
      still
      actions={
        <>
          <Button busy={busy.value} onClick={() => void on()}>
            {t.on}
          </Button>
          <Button weight="quiet" onClick={() => void skip()}>
            {t.skip}
          </Button>
        </>
      }
    >
      {t.offText}
      <span role="status">
        {failed.value ? ` ${pushSupport() === "denied" ? t.deniedText : t.failed}` : ""}
      </span>
    </Notice>
  );
}
