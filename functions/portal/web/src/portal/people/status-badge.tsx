// Whether an account is invited, active or disabled.
import type { Person } from "../../kit/api-types";
import { Badge } from "../../kit/components/badge";
import { people as t } from "../../kit/texts/people";

const TONES = { invited: "warning", active: "success", disabled: "danger" } as const;

export function StatusBadge({ status }: { status: Person["status"] }) {
  return <Badge tone={TONES[status]}>{t.statuses[status]}</Badge>;
}
