// Small pieces that several screens share.
import { IconButton } from "../../kit/components/button";
import { Icon, type IconName } from "../../kit/components/icon";
import { Notice } from "../../kit/components/notice";
import { common } from "../../kit/texts/common";
import type { Problem } from "../device/problem";
import { go } from "../route";
import { problemWords, texts } from "../texts";

export function SettingsButton() {
  return <IconButton icon="more" label={texts.accounts.settings} onClick={() => go({ screen: "settings" })} />;
}

/** A problem of the device protocol, in our words. */
export function DeviceProblem({ problem }: { problem: Problem }) {
  const { title, text } = problemWords(problem);
  const wait = problem.retryAfterMs === undefined ? "" : common.waitSeconds(Math.ceil(problem.retryAfterMs / 1000));
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
