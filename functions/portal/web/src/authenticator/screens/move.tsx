// Moving to a new phone, step by step: the code, the number, the confirmation, and the end of this one.
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Button } from "../../kit/components/button";
import { Countdown } from "../../kit/components/countdown";
import { Skeleton } from "../../kit/components/loaded";
import { Notice } from "../../kit/components/notice";
import { NumberDisplay, spokenDigits } from "../../kit/components/number-display";
import { Qr } from "../../kit/components/qr";
import { forget } from "../account-actions";
import type { HandOver } from "../device/shapes";
import { type Move as Moved, Moving } from "../moving";
import { goBack, goHome } from "../route";
import { Shell } from "../shell";
import { codes, findAccount } from "../state";
import type { Account } from "../store/accounts";
import { texts } from "../texts";
import { DeviceProblem } from "./parts";

export function Move({ id }: { id: string }) {
  const account = useMemo(() => findAccount(id), [id]);
  if (!account) return <Shell title={texts.account.gone} onBack={goHome} focus />;
  return <Steps account={account} />;
}

function Steps({ account }: { account: Account }) {
  const moving = useMemo(() => new Moving(account), [account]);
  useEffect(() => {
    void moving.begin();
    return () => moving.stop();
  }, [moving]);
  const now = moving.now.value;
  const t = texts.moving;
  switch (now.step) {
    case "beginning":
      return (
        <Shell title={t.title} lead={t.beginning} onBack={goBack} focus>
          <Skeleton rows={2} />
        </Shell>
      );
    case "failed":
      return (
        <Shell title={t.endedTitle} onBack={goBack} focus actions={<Again moving={moving} />}>
          <DeviceProblem problem={now.problem} />
        </Shell>
      );
    case "done":
      return <Done account={account} />;
    case "under-way":
      return <UnderWay moving={moving} now={now} />;
  }
}

function UnderWay({ moving, now }: { moving: Moving; now: Extract<Moved, { step: "under-way" }> }) {
  const t = texts.moving;
  const { handOver } = now;
  const cancel = (
    <Button weight="quiet" wide onClick={() => void moving.cancel().then(goBack)}>
      {t.cancel}
    </Button>
  );
  switch (handOver.state) {
    case "waiting":
      return (
        <Shell title={t.title} lead={t.scanText} onBack={goBack} focus actions={cancel}>
          {handOver.qr ? <Qr qr={handOver.qr} label={t.qr} /> : null}
          <p class="pairing-code">
            <span class="visually-hidden">{t.code} </span>
            {handOver.code}
          </p>
          <Countdown until={handOver.expiresAt} label={t.works} />
          <CodesStay />
        </Shell>
      );
    case "testing":
      return (
        <Shell title={t.numberTitle} lead={t.numberText(modelOf(handOver))} focus actions={cancel}>
          <NumberDisplay
            number={handOver.number ?? ""}
            spoken={t.numberSpoken(spokenDigits(handOver.number ?? ""))}
          />
          <Countdown until={handOver.expiresAt} />
        </Shell>
      );
    case "tested":
      return <Confirm moving={moving} now={now} cancel={cancel} />;
    case "ended":
      return (
        <Shell
          title={t.endedTitle}
          lead={t.endedText}
          onBack={goBack}
          focus
          actions={<Again moving={moving} />}
        />
      );
  }
}

function modelOf({ to }: HandOver): string {
  return to?.model ?? "";
}

function Confirm({
  moving,
  now,
  cancel,
}: {
  moving: Moving;
  now: Extract<Moved, { step: "under-way" }>;
  cancel: preact.ComponentChildren;
}) {
  const busy = useSignal(false);
  const t = texts.moving;
  const confirm = async () => {
    busy.value = true;
    await moving.confirm(texts.lock.credential);
    busy.value = false;
  };
  return (
    <Shell
      title={t.confirmTitle}
      lead={t.confirmText(modelOf(now.handOver))}
      focus
      actions={
        <>
          <Button weight="primary" wide busy={busy.value} onClick={() => void confirm()}>
            {t.confirm}
          </Button>
          {cancel}
        </>
      }
    >
      {now.said ? (
        <Notice tone="warning">{now.said === "locked" ? t.needsLock : t.unsupported}</Notice>
      ) : null}
      {now.problem ? <DeviceProblem problem={now.problem} /> : null}
    </Shell>
  );
}

function Again({ moving }: { moving: Moving }) {
  return (
    <Button weight="primary" wide onClick={() => void moving.begin()}>
      {texts.moving.again}
    </Button>
  );
}

function Done({ account }: { account: Account }) {
  const t = texts.moving;
  const drop = async () => {
    goHome();
    await forget(account);
  };
  return (
    <Shell
      title={t.doneTitle}
      lead={t.doneText}
      focus
      actions={
        <Button weight="primary" wide onClick={() => void drop()}>
          {t.forget}
        </Button>
      }
    >
      <CodesStay />
    </Shell>
  );
}

/** Said where there are codes: whoever moves is about to give this phone away. */
function CodesStay() {
  if (codes.value.length === 0) return null;
  return (
    <Notice tone="warning" title={texts.moving.codesStayTitle} still>
      {texts.moving.codesStayText}
    </Notice>
  );
}
