// Countersign's mark: a seal signed twice, the second stroke in answer to the first.
import { common } from "../texts/common";

export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect class="mark-seal" width="32" height="32" rx="9" />
      <path class="mark-first" d="m6.5 15 4 4.5 7-10.5" />
      <path class="mark-second" d="m13.5 19.5 3 3.25 9-13" />
    </svg>
  );
}

export function Logo({ name = common.product }: { name?: string }) {
  return (
    <span class="logo">
      <Mark />
      <span class="logo-name">{name}</span>
    </span>
  );
}
