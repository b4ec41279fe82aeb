// The list of paired accounts and of codes, and whether anything waits or stands in the way.
import { useSignal } from "@preact/signals";
import { Badge } from "../../kit/components/badge";
import { Button } from "../../kit/components/button";
import { Icon } from "../../kit/components/icon";
import { ago } from "../../kit/dates";
import { lookNow } from "../prompts/poller";
import { isLive } from "../push/renew";
import { go } from "../route";
import { Shell } from "../shell";
import { accounts, codes, trouble } from "../state";
import { type Account, stageOf } from "../store/accounts";
import { texts } from "../texts";
import { Codes } from "./codes";
import { Looking } from "./looking";
import { SettingsButton } from "./parts";
import { PushNotice } from "./push-notice";
import { StorageWarning } from "./storage";

export function Home() {
  const t = texts.accounts;
  const live = accounts.value.some(isLive);
  // What cannot be seen is not said to be absent.
  const calm = live && !trouble.value;
  return (
    <Shell
      title={calm ? t.none : t.list}
      lead={calm ? t.noneText : undefined}
      aside={<SettingsButton />}
      actions={
        <Button wide icon="plus" onClick={() => go({ screen: "add" })}>
          {t.add}
        </Button>
      }
    >
      {live ? <LookNow /> : null}
      {accounts.value.length > 0 ? <Accounts titled={calm} /> : null}
      {codes.value.length > 0 ? <Codes /> : null}
      <PushNotice />
      <StorageWarning />
    </Shell>
  );
}

function Accounts({ titled }: { titled: boolean }) {
  const t = texts.accounts;
  return (
    <section class="list" aria-label={t.list}>
      {titled ? <h2>{t.list}</h2> : null}
      <ul>
        {accounts.value.map((account) => (
          <li key={account.authenticatorId}>
            <Row account={account} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The app looks by itself; a press is for those who would rather not wait, and is answered. */
function LookNow() {
  const said = useSignal("");
  const t = texts.accounts;
  const look = async () => {
    said.value = "";
    await lookNow();
    said.value = trouble.value ? "" : t.looked;
  };
  return (
    <div class="look">
      <Looking words={said.value || t.looking} />
      <Button weight="quiet" onClick={() => void look()}>
        {t.look}
      </Button>
    </div>
  );
}

function Row({ account }: { account: Account }) {
  const t = texts.accounts;
  const { lastAnswer } = account;
  const stage = stageOf(account);
  const last = lastAnswer ? t.last(ago(lastAnswer.at, Date.now()), lastAnswer.outcome) : t.never;
  return (
    <button type="button" class="row" onClick={() => go({ screen: "account", id: account.authenticatorId })}>
      <span class="tile" aria-hidden="true">
        {Array.from(account.organization)[0]?.toLocaleUpperCase()}
      </span>
      <span class="row-text">
        <span class="row-title">{account.userName}</span>
        <span class="row-soft">{account.organization}</span>
        <span class="row-soft">{last}</span>
        {stage === "active" ? null : (
          <span>
            <Badge tone={isLive(account) ? "warning" : "danger"}>{t.status[stage]}</Badge>
          </span>
        )}
      </span>
      <span class="row-go" aria-hidden="true">
        <Icon name="chevron" />
      </span>
    </button>
  );
}
