// Asks why a request is refused: an attack is reported, a change of mind is not.
import { Dialog } from "../../kit/components/dialog";
import { Icon, type IconName } from "../../kit/components/icon";
import { Notice } from "../../kit/components/notice";
import type { Problem } from "../device/problem";
import { texts } from "../texts";

type Reason = "not_me" | "changed_mind";

interface WhyProps {
  busy: boolean;
  problem: Problem | undefined;
  onReason: (reason: Reason) => void;
  onClose: () => void;
}

export function Why({ busy, problem, onReason, onClose }: WhyProps) {
  const t = texts.why;
  const choice = (reason: Reason, icon: IconName, title: string, text: string) => (
    <button
      type="button"
      class={`choice choice-${reason}`}
      aria-disabled={busy ? "true" : undefined}
      onClick={() => {
        if (!busy) onReason(reason);
      }}
    >
      <Icon name={icon} size={24} />
      <span>
        <span class="choice-title">{title}</span>
        <span class="choice-text">{text}</span>
      </span>
    </button>
  );
  return (
    <Dialog title={t.title} onClose={onClose}>
      <p class="soft">{t.text}</p>
      {problem ? <Notice tone="danger">{texts.prompt.passing}</Notice> : null}
      {choice("not_me", "shield", t.not_me, t.not_meText)}
      {choice("changed_mind", "back", t.changed_mind, t.changed_mindText)}
    </Dialog>
  );
}
