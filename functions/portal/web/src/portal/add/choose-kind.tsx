// The kinds of method that are offered to this account, strongest first.
import { call } from "../../kit/api";
import type { Addable, Methods } from "../../kit/api-types";
import { Badge } from "../../kit/components/badge";
import { EmptyState } from "../../kit/components/empty-state";
import { Icon, methodIcon } from "../../kit/components/icon";
import { Loaded } from "../../kit/components/loaded";
import { Page } from "../../kit/components/page";
import { useLoad } from "../../kit/load";
import { Link } from "../../kit/router";
import { common } from "../../kit/texts/common";
import { portal } from "../../kit/texts/portal";
import { NotOffered } from "../security/not-offered";
import type { Surroundings } from "./add-method";

const t = portal.add;

export function ChooseKind({ around }: { around: Surroundings }) {
  const loader = useLoad(() => call<Methods>("GET", "/me/methods"));
  const { registering, displayName } = around;
  return (
    <>
      {registering ? <p class="step-of">{t.registrationStep}</p> : null}
      <Page
        title={registering ? t.registrationTitle : t.title}
        lead={registering ? t.registrationLead(displayName) : t.lead}
      >
        <Loaded loader={loader} rows={2}>
          {(value) => (
            <>
              {value.addable.length === 0 ? (
                <EmptyState icon="shield" title={t.none} text={t.noneText} />
              ) : null}
              <ul class="choices">
                {value.addable.map((item, index) => (
                  <Choice key={item.kind} item={item} first={index === 0 && value.addable.length > 1} />
                ))}
              </ul>
              <NotOffered items={value.not_available} />
            </>
          )}
        </Loaded>
        {registering ? null : (
          <p>
            <Link href="/" class="back">
              <Icon name="back" /> {t.back}
            </Link>
          </p>
        )}
      </Page>
    </>
  );
}

function Choice({ item, first }: { item: Addable; first: boolean }) {
  return (
    <li>
      <Link href={`/add-method?kind=${item.kind}`} class="choice">
        <span class="tile">
          <Icon name={methodIcon(item.kind)} size={24} />
        </span>
        <span class="choice-body">
          <span class="choice-title">
            {item.title} {first ? <Badge tone="info">{t.recommended}</Badge> : null}
          </span>
          <span class="choice-text">{item.description}</span>
          <span class="row-meta">{common.strength[item.strength]}</span>
        </span>
        <Icon name="forward" />
      </Link>
    </li>
  );
}
