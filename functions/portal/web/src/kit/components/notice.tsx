// Tells what happened: news politely, problems at once, each with what to do.
import type { ComponentChildren } from "preact";
import type { Problem } from "../problem";
import { signInAddress } from "../return-to";
import { common } from "../texts/common";
import type { ProblemText } from "../texts/en/problems";
import { problemText } from "../texts/problems";
import { Icon, type IconName } from "./icon";

export type Tone = "info" | "success" | "warning" | "danger";

const ICONS: Record<Tone, IconName> = {
  info: "info",
  success: "check",
  warning: "warning",
  danger: "warning",
};

interface NoticeProps {
  tone?: Tone;
  title?: ComponentChildren;
  children?: ComponentChildren;
  actions?: ComponentChildren;
  /** Not announced: it was there from the beginning. */
  still?: boolean;
}

export function Notice({ tone = "info", title, children, actions, still }: NoticeProps) {
  const role = still ? undefined : tone === "danger" ? "alert" : "status";
  return (
    <div class={`notice notice-${tone}`} role={role}>
      <Icon name={ICONS[tone]} />
      <div class="notice-body">
        {title ? <p class="notice-title">{title}</p> : null}
        {children ? <div class="notice-text">{children}</div> : null}
        {actions ? <div class="notice-actions">{actions}</div> : null}
      </div>
    </div>
  );
}

/** Where another sign-in would help, the way to it. Going there by itself would lead in circles: it has to be another method. */
function signInAgain(problem: Problem): ComponentChildren {
  if (problem.action?.kind !== "reauthenticate") return undefined;
  return (
    <a class="button button-secondary" href={signInAddress(location.pathname + location.search, true)}>
      {common.signInAgain}
    </a>
  );
}

/** A problem in our words, when to try again, and the reference where it is ours. */
export function ProblemNotice({
  problem,
  words,
  tone = "danger",
  actions,
}: {
  problem: Problem;
  /** What the code means here, where that is more exact than what it means everywhere. */
  words?: ProblemText | undefined;
  tone?: Tone;
  actions?: ComponentChildren;
}) {
  const { title, text } = words ?? problemText(problem);
  return (
    <Notice tone={tone} title={title} actions={actions ?? signInAgain(problem)}>
      {text} {problem.retry_after ? common.waitSeconds(problem.retry_after) : null}
      {problem.status >= 500 && problem.request_id ? (
        <span class="notice-reference">{common.reference(problem.request_id)}</span>
      ) : null}
    </Notice>
  );
}
