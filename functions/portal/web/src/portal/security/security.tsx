// Security info: the methods of the account, what they are worth, and what would happen without them.

import { useEffect } from "preact/hooks";
import { call } from "../../kit/api";
import type { Methods } from "../../kit/api-types";
import { EmptyState } from "../../kit/components/empty-state";
import { Icon } from "../../kit/components/icon";
import { Loaded } from "../../kit/components/loaded";
import { Page } from "../../kit/components/page";
import { useLoad } from "../../kit/load";
import { Link, path, query, replaceAddress } from "../../kit/router";
import { portal } from "../../kit/texts/portal";
import { FewCodes } from "./few-codes";
import { MethodRow } from "./method-row";
import { NotOffered } from "./not-offered";
import { Readiness } from "./readiness";
import { RemoveDialog } from "./remove-dialog";

const t = portal.security;

const AddLink = () => (
  <Link href="/add-method" class="button button-primary">
    <Icon name="plus" />
    <span>{t.add}</span>
  </Link>
);

export function Security() {
  const loader = useLoad(() => call<Methods>("GET", "/me/methods"));
  return (
    <Page title={t.title} lead={t.lead} actions={<AddLink />}>
      <Loaded loader={loader}>{(value) => <List value={value} refresh={loader.refresh} />}</Loaded>
    </Page>
  );
}

function List({ value, refresh }: { value: Methods; refresh: () => Promise<void> }) {
  const removing = value.methods.find((method) => method.id === query.value.get("remove"));
  const close = () => {
    if (path.value === "/") replaceAddress("/");
  };
  useEffect(() => {
    if (!("PublicKeyCredential" in globalThis)) return;
    // After a removal above all: what is gone here is to go from the browser's own list.
    void import("../../kit/passkeys").then(({ accept }) => accept(value.accepted)).catch(() => {});
  }, [value.accepted.credential_ids.join()]);
  const onlyPassword = value.methods.every((method) => method.kind === "password");
  return (
    <>
      <Readiness readiness={value.readiness} />
      <FewCodes methods={value.methods} />
      <section aria-labelledby="methods">
        <h2 id="methods" class="section-title">
          {t.methods}
        </h2>
        {value.system_preferred ? <p class="soft small">{t.systemPreferred}</p> : null}
        <ul class="rows">
          {value.methods.map((method) => (
            <MethodRow
              key={method.id}
              method={method}
              refresh={refresh}
              onRemove={() => replaceAddress(`/?remove=${encodeURIComponent(method.id)}`)}
            />
          ))}
        </ul>
        {onlyPassword ? (
          <EmptyState icon="phone" title={t.emptyTitle} text={t.emptyText} action={<AddLink />} />
        ) : null}
      </section>
      <NotOffered items={value.not_available} />
      {removing ? <RemoveDialog method={removing} onClose={close} refresh={refresh} /> : null}
    </>
  );
}
