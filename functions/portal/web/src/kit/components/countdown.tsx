// Shows the time that is left as a shrinking line and in figures; spoken only at a minute, half a minute and the end.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { serverNow, withoutSkew } from "../clock";
import { minutesAndSeconds } from "../minutes";
import { common } from "../texts/common";

const SPOKEN_AT = [60, 30, 10];

interface CountdownProps {
  until: string;
  /** What it counts: "This code works for". */
  label?: string;
  onEnd?: () => void;
}

export function Countdown({ until, label, onEnd }: CountdownProps) {
  const left = () => Math.max(0, (Date.parse(until) - serverNow()) / 1000);
  const seconds = useSignal(withoutSkew(left()));
  const spoken = useSignal("");
  const line = useRef<HTMLSpanElement>(null);
  const end = useRef(onEnd);
  end.current = onEnd;

  // Not every value used is listed: only another end starts the clock anew
  useEffect(() => {
    const total = Math.max(1, withoutSkew(left()));
    let before = Math.min(total, left());
    const tick = () => {
      const now = Math.min(total, left());
      seconds.value = now;
      if (line.current) line.current.style.transform = `scaleX(${now / total})`;
      const mark = SPOKEN_AT.find((second) => before > second && now <= second);
      if (mark) spoken.value = common.timeLeftSpoken(mark);
      if (before > 0 && now <= 0) {
        spoken.value = common.timeIsUp;
        end.current?.();
      }
      before = now;
    };
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [until]);

  return (
    <div class={`countdown${seconds.value <= 15 ? " countdown-short" : ""}`}>
      <span class="countdown-line" aria-hidden="true">
        <span ref={line} />
      </span>
      <span class="countdown-text">
        {label ? <span>{label} </span> : null}
        <span class="countdown-figures">
          {label ? minutesAndSeconds(seconds.value) : common.timeLeft(minutesAndSeconds(seconds.value))}
        </span>
      </span>
      <span class="visually-hidden" role="status">
        {spoken.value}
      </span>
    </div>
  );
}
