// The screen lock in the settings: what it does, and how it is turned on and off.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Button } from "../../kit/components/button";
import { canLock, type LockOutcome, lockOn, recallLock, turnLockOff, turnLockOn } from "../lock/lock";
import { texts } from "../texts";

export function ScreenLock() {
  const possible = useSignal<boolean | undefined>(undefined);
  const busy = useSignal(false);
  const said = useSignal("");
  const t = texts.lock;
  useEffect(() => {
    void recallLock();
    void canLock().then((can) => {
      possible.value = can;
    });
  }, [possible]);
  const run = async (act: () => Promise<LockOutcome>) => {
    busy.value = true;
    said.value = "";
    const outcome = await act().catch(() => "cancelled" as const);
    said.value = t.said[outcome](lockOn.value === true);
    busy.value = false;
  };
  const on = lockOn.value === true;
  return (
    <section class="panel" aria-label={t.label}>
      <div class="panel-head">
        <div>
          <h2>{t.label}</h2>
          <p class="soft">{on ? t.on : possible.value === false ? t.unsupported : t.off}</p>
        </div>
        {on || possible.value ? (
          <Button
            busy={busy.value}
            onClick={() => void run(on ? turnLockOff : () => turnLockOn(t.credential))}
          >
            {on ? t.turnOff : t.turnOn}
          </Button>
        ) : null}
      </div>
      <p class="soft small">{t.text}</p>
      <p class="small" role="status">
        {said.value}
      </p>
    </section>
  );
}
