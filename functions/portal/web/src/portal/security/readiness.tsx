// Says in plain words what happens when a phone is lost today.
import type { Method } from "../../kit/api-types";
import { Notice } from "../../kit/components/notice";
import { Link } from "../../kit/router";
import { portal } from "../../kit/texts/portal";

const t = portal.security;

export function Readiness({ methods }: { methods: Method[] }) {
  const second = methods.filter((method) => method.kind !== "password" && method.status === "active");
  const [only] = second;
  if (!only) return null;
  if (second.length > 1) {
    return (
      <Notice tone="success" title={t.readyGoodTitle} still>
        {t.readyGood}
      </Notice>
    );
  }
  return (
    <Notice tone="warning" title={t.readyOneTitle} still>
      {t.readyOne(only.name)} <Link href="/add-method">{t.readyAdd}</Link>
    </Notice>
  );
}
