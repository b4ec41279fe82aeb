// One method of the account: what it is, when it was used, and what can be done with it.

import { useSignal } from "@preact/signals";
import { call } from "../../kit/api";
import type { Method } from "../../kit/api-types";
import { Badge } from "../../kit/components/badge";
import { Icon, methodIcon } from "../../kit/components/icon";
import { Menu, type MenuItem } from "../../kit/components/menu";
import { ProblemNotice } from "../../kit/components/notice";
import { put } from "../../kit/into";
import type { Problem } from "../../kit/problem";
import { navigate } from "../../kit/router";
import { common } from "../../kit/texts/common";
import { portal } from "../../kit/texts/portal";
import { announce } from "../announcer";
import { methodDetail, methodMeta } from "./method-words";
import { productShown } from "./products";
import { RenameForm } from "./rename-form";

const t = portal.security;

interface MethodRowProps {
  method: Method;
  refresh: () => Promise<void>;
  onRemove: () => void;
}

export function MethodRow({ method, refresh, onRemove }: MethodRowProps) {
  const renaming = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);

  const setDefault = async () => {
    const answer = await call("PUT", "/me/methods/default", { id: method.id });
    problem.value = answer.ok ? undefined : answer.problem;
    if (!answer.ok) return;
    announce(t.defaultSet(method.name));
    await refresh();
  };

  const detail = methodDetail(method, method.passkey && productShown(method.passkey.aaguid));
  const own = method.kind !== "password";
  const spare = method.kind === "recovery_codes" || method.kind === "pass";
  const items: MenuItem[] = [
    ...(method.kind === "recovery_codes"
      ? [
          {
            label: t.newCodes,
            icon: "plus" as const,
            onSelect: () => navigate("/add-method?kind=recovery_codes"),
          },
        ]
      : []),
    ...(own && method.kind !== "pass"
      ? [{ label: t.rename, icon: "edit" as const, onSelect: put(renaming, true) }]
      : []),
    ...(own && !spare && !method.is_default && method.status === "active"
      ? [{ label: t.setDefault, icon: "star" as const, onSelect: () => void setDefault() }]
      : []),
    ...(own ? [{ label: t.remove, icon: "trash" as const, danger: true, onSelect: onRemove }] : []),
  ];

  return (
    <li class="row method">
      <span class="tile">
        <Icon name={methodIcon(method.kind)} size={24} />
      </span>
      <div class="row-body">
        {renaming.value ? (
          <RenameForm
            method={method}
            onDone={async (renamed) => {
              renaming.value = false;
              if (!renamed) return;
              announce(t.renamed(renamed));
              await refresh();
            }}
          />
        ) : (
          <div class="row-head">
            <h3>{method.name}</h3>
            {method.is_default ? <Badge tone="accent">{t.isDefault}</Badge> : null}
            {method.status === "disabled" ? <Badge tone="danger">{t.disabled}</Badge> : null}
          </div>
        )}
        {detail ? <p class="row-detail">{detail}</p> : null}
        <p class="row-meta">
          {methodMeta(method, Date.now()).map(({ text, title }) => (
            <span key={text} title={title}>
              {text}
            </span>
          ))}
        </p>
        {method.status === "disabled" ? (
          <p class="row-lack">
            <Icon name="warning" size={16} /> {t.disabledText}
          </p>
        ) : null}
        {method.passkey && !method.passkey.allowed ? (
          <p class="row-lack">
            <Icon name="warning" size={16} /> {t.notAllowedNow}
          </p>
        ) : null}
        {method.lacks.map((lack) => (
          <p class="row-lack" key={lack}>
            <Icon name="info" size={16} /> {lack}
          </p>
        ))}
        {problem.value ? <ProblemNotice problem={problem.value} /> : null}
      </div>
      {items.length > 0 ? (
        <Menu label={common.actionsFor(method.name)} trigger={<Icon name="more" size={24} />} items={items} />
      ) : null}
    </li>
  );
}
