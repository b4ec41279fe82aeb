// A quiet sign that the app looks for requests by itself, and what is wrong when it cannot.
import { Notice } from "../../kit/components/notice";
import { trouble } from "../state";
import { texts } from "../texts";

export function Looking({ words }: { words: string }) {
  const problem = trouble.value;
  if (!problem) {
    return (
      <p class="looking" role="status">
        <span class="looking-dot" aria-hidden="true" />
        {words}
      </p>
    );
  }
  const t = texts.accounts;
  if (problem.status === 0) {
    return (
      <Notice tone="warning" title={t.offlineTitle}>
        {t.offlineText}
      </Notice>
    );
  }
  const clock = problem.code === "device.proof_invalid";
  return (
    <Notice tone="warning" title={clock ? t.clockTitle : t.troubleTitle}>
      {clock ? t.clockText : t.troubleText}
    </Notice>
  );
}
