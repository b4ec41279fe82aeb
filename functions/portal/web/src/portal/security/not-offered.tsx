// The methods that are not offered to this account, each with the reason and the rule that says so.
import type { NotAvailable } from "../../kit/api-types";
import { Icon, methodIcon } from "../../kit/components/icon";
import { portal } from "../../kit/texts/portal";

const t = portal.security;

export function NotOffered({ items }: { items: NotAvailable[] }) {
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="not-offered">
      <h2 id="not-offered" class="section-title">
        {t.notAvailable}
      </h2>
      <ul class="rows rows-quiet">
        {items.map((item) => (
          <li class="row" key={item.kind}>
            <span class="tile tile-quiet">
              <Icon name={methodIcon(item.kind)} size={22} />
            </span>
            <div class="row-body">
              <h3>{item.title}</h3>
              <p class="row-detail">{item.reason}</p>
              {item.policy ? <p class="row-meta">{t.policy(item.policy)}</p> : null}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
