// An account's notifications: on, off, or why they cannot be; turning them on and renewing them is one press.
import { useSignal } from "@preact/signals";
import { Button } from "../../kit/components/button";
import { turnPushOn } from "../account-actions";
import { pushSupport } from "../push/support";
import { configuration } from "../state";
import type { Account } from "../store/accounts";
import { texts } from "../texts";

export function AccountPush({ account }: { account: Account }) {
  const busy = useSignal(false);
  const said = useSignal("");
  const t = texts.push;
  const support = pushSupport();
  const possible = support === "granted" || support === "askable";
  const on = possible && account.endpoint !== undefined;
  const served = Boolean(configuration.value?.vapidKey) || on;
  const state = !possible ? t.state[support] : on ? t.state.on : t.state.off;
  const renew = async () => {
    busy.value = true;
    said.value = "";
    const done = await turnPushOn().catch(() => false);
    said.value = done ? t.renewed : t.failed;
    busy.value = false;
  };
  return (
    <section class="panel" aria-label={t.label}>
      <div class="panel-head">
        <div>
          <h2>{t.label}</h2>
          <p class="soft">{served ? state : t.noKey}</p>
        </div>
        {possible && served ? (
          <Button busy={busy.value} onClick={() => void renew()}>
            {on ? t.renew : t.on}
          </Button>
        ) : null}
      </div>
      {support === "denied" ? <p class="soft small">{t.deniedText}</p> : null}
      {on ? <p class="soft small">{t.test}</p> : null}
      <p class="small" role="status">
        {said.value}
      </p>
    </section>
  );
}
