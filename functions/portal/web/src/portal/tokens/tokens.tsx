// The organization's hardware tokens, by state, a page at a time; loaded when first opened.

import { useSignal } from "@preact/signals";
import { call } from "../../kit/api";
import type { HardwareToken, HardwareTokens, TokenState } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { EmptyState } from "../../kit/components/empty-state";
import { Icon } from "../../kit/components/icon";
import { Loaded } from "../../kit/components/loaded";
import { Menu, type MenuItem } from "../../kit/components/menu";
import { Notice, ProblemNotice } from "../../kit/components/notice";
import { Page } from "../../kit/components/page";
import { useLoad } from "../../kit/load";
import type { Problem } from "../../kit/problem";
import { Link, query, replaceAddress } from "../../kit/router";
import { tokens as t } from "../../kit/texts/tokens";
import { ConfirmDialog } from "../confirm-dialog";
import { AssignDialog } from "./assign-dialog";
import { ImportDialog } from "./import-dialog";

const STATES: TokenState[] = ["available", "assigned", "active"];
const HERE = "/hardware-tokens";

const page = (state: TokenState, cursor?: string | null) =>
  call<HardwareTokens>(
    "GET",
    `${HERE}?state=${state}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`,
  );

export function Tokens() {
  const state = STATES.find((one) => one === query.value.get("state")) ?? "available";
  const loader = useLoad(() => page(state), state);
  const done = useSignal("");
  const close = () => replaceAddress(`${HERE}?state=${state}`);
  const add = (
    <Button weight="primary" icon="plus" onClick={() => replaceAddress(`${HERE}?state=${state}&import=1`)}>
      {t.import}
    </Button>
  );
  return (
    <Page title={t.title} lead={t.lead} actions={add}>
      <nav class="token-states" aria-label={t.stateLabel}>
        {STATES.map((one) => (
          <Link
            key={one}
            href={`${HERE}?state=${one}`}
            aria-current={one === state ? "page" : undefined}
            class="token-state"
          >
            {t.states[one]}
          </Link>
        ))}
      </nav>
      <p class="soft">{t.stateTexts[state]}</p>
      {done.value ? <Notice tone="success">{done.value}</Notice> : null}
      <Loaded loader={loader} rows={4}>
        {(value) => (
          <Rows
            value={value}
            state={state}
            set={loader.set}
            onDone={async (said) => {
              done.value = said;
              await loader.refresh();
            }}
          />
        )}
      </Loaded>
      {query.value.get("import") ? <ImportDialog onClose={close} onImported={loader.refresh} /> : null}
    </Page>
  );
}

interface RowsProps {
  value: HardwareTokens;
  state: TokenState;
  set: (value: HardwareTokens) => void;
  onDone: (said: string) => Promise<void>;
}

type Asking = { what: "assign" | "unassign" | "remove"; token: HardwareToken };

function Rows({ value, state, set, onDone }: RowsProps) {
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const asking = useSignal<Asking | undefined>(undefined);
  const more = async () => {
    busy.value = true;
    const answer = await page(state, value.next_cursor);
    busy.value = false;
    problem.value = answer.ok ? undefined : answer.problem;
    if (answer.ok) set({ ...answer.value, tokens: [...value.tokens, ...answer.value.tokens] });
  };
  if (value.tokens.length === 0) {
    const { title, text } = t.empty[state];
    return <EmptyState icon="token" title={title} text={text} />;
  }
  return (
    <>
      <ul class="rows" aria-label={t.listLabel}>
        {value.tokens.map((token) => (
          <TokenRow
            key={token.serial}
            token={token}
            onAsk={(what) => {
              asking.value = { what, token };
            }}
          />
        ))}
      </ul>
      {problem.value ? <ProblemNotice problem={problem.value} /> : null}
      {value.next_cursor ? (
        <p>
          <Button busy={busy.value} onClick={more}>
            {t.more}
          </Button>
        </p>
      ) : null}
      <Question
        asking={asking.value}
        onClose={() => {
          asking.value = undefined;
        }}
        onDone={async (said) => {
          asking.value = undefined;
          await onDone(said);
        }}
      />
    </>
  );
}

function TokenRow({ token, onAsk }: { token: HardwareToken; onAsk: (what: Asking["what"]) => void }) {
  const items: MenuItem[] = [];
  if (token.state !== "active") {
    const label = token.state === "assigned" ? t.reassign : t.assign;
    items.push({ label, icon: "account", onSelect: () => onAsk("assign") });
  }
  if (token.state === "assigned") {
    items.push({ label: t.unassign, icon: "back", onSelect: () => onAsk("unassign") });
  }
  if (token.state === "available") {
    items.push({ label: t.remove, icon: "trash", danger: true, onSelect: () => onAsk("remove") });
  }
  const holder = token.user_name
    ? (token.state === "active" ? t.inUseBy : t.holder)(token.user_name)
    : undefined;
  return (
    <li class="row method">
      <span class="tile">
        <Icon name="token" size={24} />
      </span>
      <span class="row-body">
        <span class="row-head">
          <span class="row-title">{token.serial}</span>
        </span>
        <span class="row-detail">
          {token.manufacturer} {token.model}
        </span>
        <span class="row-meta">
          {holder ? <span>{holder}</span> : null}
          <span>{t.interval(token.time_interval)}</span>
        </span>
      </span>
      {items.length > 0 ? (
        <Menu label={t.actions(token.serial)} trigger={<Icon name="more" />} items={items} />
      ) : null}
    </li>
  );
}

/** What is asked before a token changes hands. */
function Question({
  asking,
  onClose,
  onDone,
}: {
  asking: Asking | undefined;
  onClose: () => void;
  onDone: (said: string) => Promise<void>;
}) {
  if (!asking) return null;
  const { serial } = asking.token;
  const at = `${HERE}/${encodeURIComponent(serial)}`;
  if (asking.what === "assign") return <AssignDialog serial={serial} onClose={onClose} onDone={onDone} />;
  const unassign = asking.what === "unassign";
  return (
    <ConfirmDialog
      title={unassign ? t.unassignTitle(serial) : t.removeTitle(serial)}
      text={unassign ? t.unassignText : t.removeText}
      confirm={unassign ? t.unassign : t.remove}
      onClose={onClose}
      onConfirm={async () => {
        const answer = await (unassign ? call("POST", `${at}/unassign`) : call("DELETE", at));
        if (!answer.ok) return answer.problem;
        await onDone(unassign ? t.unassigned(serial) : t.removed(serial));
        return undefined;
      }}
    />
  );
}
