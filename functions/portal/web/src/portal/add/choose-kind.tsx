// The kinds of method that are offered to this account, strongest first.

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
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
                {value.addable.some(({ kind }) => kind === "passkey") ? <ThisDevice /> : null}
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

/** This device's own authenticator, named as its owner knows it, where the browser says that there is one. */
function ThisDevice() {
  const words = useSignal<{ title: string; text: string } | undefined>(undefined);
  useEffect(() => {
    void Promise.all([
      import("../../kit/passkeys"),
      import("./this-device"),
      import("../../kit/texts/passkeys"),
    ])
      .then(async ([{ platformPresent }, { thisDevice }, { passkeys }]) => {
        if (!(await platformPresent())) return;
        words.value = { title: passkeys.hereChoice(thisDevice()), text: passkeys.hereChoiceText };
      })
      .catch(() => {}); // the passkey below does as well
  }, []);
  if (!words.value) return null;
  const { title, text } = words.value;
  const strength = "phishing_resistant" as const;
  return <Choice item={{ kind: "passkey&here=1", title, description: text, strength }} first={false} />;
}

function Choice({ item, first }: { item: Addable; first: boolean }) {
  return (
    <li>
      <Link href={`/add-method?kind=${item.kind}`} class="choice">
        <span class="tile">
          <Icon name={methodIcon(item.kind.split("&")[0] ?? "")} size={24} />
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
