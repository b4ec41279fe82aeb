// Says in plain words what happens when the phone is lost today, which is the weakest way in, and what to add.
import type { Advice, Readiness as Computed } from "../../kit/api-types";
import { Notice } from "../../kit/components/notice";
import { Link } from "../../kit/router";
import { portal } from "../../kit/texts/portal";
import { Strengths } from "./strengths";

const t = portal.security;

function lost({ phone_lost, left }: Computed): string {
  if (phone_lost === "locked_out") return t.readyLockedOut;
  return phone_lost === "no_phone" ? t.readyNoPhone : t.readyStillIn(t.all(left.map(({ name }) => name)));
}

export function Readiness({ readiness }: { readiness: Computed }) {
  const { weakest, add } = readiness;
  // Without any way in there is nothing to lose: the empty state says what to do
  if (!weakest) return null;
  const tone = readiness.phone_lost === "locked_out" ? "warning" : "success";
  return (
    <Notice tone={tone} title={t.readyTitle} still>
      <p>{lost(readiness)}</p>
      <p>
        {t.weakest(weakest.name)} {weakest.lacks}
      </p>
      {add.length > 0 ? <ToAdd add={add} /> : null}
      <Strengths list={readiness.strengths} />
    </Notice>
  );
}

function ToAdd({ add }: { add: Advice[] }) {
  return (
    <>
      <p id="advice">{t.advice}</p>
      <ul aria-labelledby="advice">
        {add.map(({ kind, title, why }) => (
          <li key={kind}>
            <Link href={`/add-method?kind=${encodeURIComponent(kind)}`}>{title}</Link>: {t.why[why]}
          </li>
        ))}
      </ul>
    </>
  );
}
