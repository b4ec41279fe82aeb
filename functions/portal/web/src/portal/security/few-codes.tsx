// Asks for new recovery codes while there is still a way in.
import type { Method } from "../../kit/api-types";
import { Notice } from "../../kit/components/notice";
import { Link } from "../../kit/router";
import { portal } from "../../kit/texts/portal";

const t = portal.security;
/** Codes left at which new ones are asked for. */
const FEW = 3;

export function FewCodes({ methods }: { methods: Method[] }) {
  const left = methods.find((method) => method.codes_left !== undefined)?.codes_left;
  if (left === undefined || left > FEW) return null;
  return (
    <Notice tone="warning" title={t.fewCodes(left)} still>
      {t.fewCodesText} <Link href="/add-method?kind=recovery_codes">{t.newCodes}</Link>
    </Notice>
  );
}
