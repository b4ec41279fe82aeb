// Five steps that show how hard a password is to guess, in words too.
import { common } from "../texts/common";

export function StrengthMeter({ score, label }: { score: number | undefined; label: string }) {
  const level = score === undefined ? 0 : Math.min(4, Math.max(0, score)) + 1;
  return (
    <div class={`meter meter-${level}`}>
      <span class="meter-bars" aria-hidden="true">
        {[1, 2, 3, 4, 5].map((bar) => (
          <span key={bar} class={bar <= level ? "on" : ""} />
        ))}
      </span>
      <span class="meter-text" role="status">
        {score === undefined ? "" : `${label}: ${common.passwordStrength[level - 1]}`}
      </span>
    </div>
  );
}
