// The codes on the list, each until the next one comes. What is shown here needs no network and nothing that is loaded later.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { IconButton } from "../../kit/components/button";
import { CopyButton } from "../../kit/components/copy-button";
import { spokenDigits } from "../../kit/components/number-display";
import { clockCorrection } from "../codes/time";
import { codeOf, groupedCode, secondsLeft, stepAt } from "../codes/totp";
import { go } from "../route";
import { codes } from "../state";
import type { CodeAccount } from "../store/codes";
import { texts } from "../texts";

export function Codes() {
  const now = useNow();
  const t = texts.codes;
  return (
    <section class="list" aria-label={t.list}>
      <h2>{t.list}</h2>
      <ul>
        {codes.value.map((code) => (
          <li key={code.id} class="row code-row">
            <Code code={code} now={now} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The time by which codes are made, anew with each second. */
function useNow(): number {
  const now = useSignal(Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const tick = async () => {
      const correction = await clockCorrection().catch(() => 0);
      if (gone) return;
      now.value = Date.now() + correction;
      timer = setTimeout(() => void tick(), 1000 - (now.value % 1000));
    };
    void tick();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [now]);
  return now.value;
}

/** The code of this step; nothing while it is made, `null` when the key does not work any more. */
function useCode({ key, digits, period }: CodeAccount, now: number): string | null | undefined {
  const made = useSignal<string | null | undefined>(undefined);
  const step = stepAt(now, period);
  useEffect(() => {
    let late = false;
    const show = (code: string | null) => {
      if (!late) made.value = code;
    };
    codeOf(key, step, digits).then(show, () => show(null));
    return () => {
      late = true;
    };
  }, [key, step, digits, made]);
  return made.value;
}

function Code({ code, now }: { code: CodeAccount; now: number }) {
  const t = texts.codes;
  const figures = useCode(code, now);
  const title = code.issuer || code.name;
  return (
    <>
      <span class="row-text">
        <span class="row-title">{title}</span>
        {code.issuer ? <span class="row-soft">{code.name}</span> : null}
      </span>
      <IconButton
        icon="more"
        label={t.change(title, code.issuer ? code.name : "")}
        onClick={() => go({ screen: "code", id: code.id })}
      />
      <span class="code-now">
        {figures ? (
          <>
            <span class="code-figures" aria-hidden="true">
              {groupedCode(figures)}
            </span>
            <span class="visually-hidden">{t.spoken(spokenDigits(figures))}</span>
            <Ring left={secondsLeft(now, code.period)} period={code.period} />
            <CopyButton text={figures} label={t.copy(title, code.issuer ? code.name : "")} />
          </>
        ) : (
          <span class="soft">{figures === null ? t.broken : ""}</span>
        )}
      </span>
    </>
  );
}

/** The seconds that are left, in figures and as a ring that empties. Read when somebody goes there, never announced. */
function Ring({ left, period }: { left: number; period: number }) {
  return (
    <span class={`ring${left <= 5 ? " ring-short" : ""}`}>
      <svg viewBox="0 0 36 36" aria-hidden="true">
        <circle cx="18" cy="18" r="16" />
        <circle
          class="ring-left"
          cx="18"
          cy="18"
          r="16"
          pathLength={period}
          stroke-dasharray={`${left} ${period}`}
        />
      </svg>
      <span aria-hidden="true">{left}</span>
      <span class="visually-hidden">{texts.codes.left(left)}</span>
    </span>
  );
}
