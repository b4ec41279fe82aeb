// Each strength and whether the account reaches it: in words, beside a sign that is not the only hint.
import type { StrengthStanding } from "../../kit/api-types";
import { Icon } from "../../kit/components/icon";
import { portal } from "../../kit/texts/portal";
import { missing, title } from "./strength-words";

const t = portal.security;

export function Strengths({ list }: { list: StrengthStanding[] }) {
  return (
    <>
      <p id="strengths">{t.strengthsTitle}</p>
      <ul aria-labelledby="strengths">
        {list.map((standing) => (
          <li key={standing.name}>
            <Icon name={standing.reached ? "check" : "cross"} size={16} /> {title(standing)}:{" "}
            {standing.reached ? t.reached : t.notReached(missing(standing))}
          </li>
        ))}
      </ul>
    </>
  );
}
