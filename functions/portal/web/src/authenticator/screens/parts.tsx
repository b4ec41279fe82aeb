// Small pieces that several screens share.
import { Icon, type IconName } from "../../kit/components/icon";
import { Notice } from "../../kit/components/notice";
import { common } from "../../kit/texts/common";
import type { Problem } from "../device/problem";
import { go } from "../route";
import { problemWords, texts } from "../texts";

const SLIDERS =
  "M4 7.5h9M19 7.5h1M16 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM4 16.5h1M11 16.5h9M8 19a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z";

export function SettingsButton() {
  const label = texts.accounts.settings;
  const open = () => go({ screen: "settings" });
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={open}>
      <svg class="icon" width="22" height="22" viewBox="0 0 24 24" aria-hidden="true">
        <path class="sliders" d={SLIDERS} />
      </svg>
    </button>
  );
}

/** A problem of the device protocol, in our words. */
export function DeviceProblem({ problem }: { problem: Problem }) {
  const { title, text } = problemWords(problem);
  const wait =
    problem.retryAfterMs === undefined ? "" : common.waitSeconds(Math.ceil(problem.retryAfterMs / 1000));
  return (
    <Notice tone="danger" title={title}>
      {text} {wait}
    </Notice>
  );
}

/** A round sign that says at a glance how something ended. */
export function Sign({ icon, tone }: { icon: IconName; tone: "success" | "warning" | "danger" | "accent" }) {
  return (
    <span class={`sign sign-${tone}`} aria-hidden="true">
      <Icon name={icon} size={40} />
    </span>
  );
}

/** Names and values, one row each; what has no value is left out. */
export function Facts({ rows }: { rows: [string, string | undefined][] }) {
  return (
    <dl class="facts">
      {rows.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
