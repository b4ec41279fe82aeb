// Our own icons: strokes on a 24-unit grid, drawn in the text's colour.
import type { INSIDE } from "./icons-inside";

const PATHS = {
  phone: "M8 2.75h8a2 2 0 0 1 2 2v14.5a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V4.75a2 2 0 0 1 2-2ZM10.5 18h3",
  password:
    "M5.5 10.5h13a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 19v-7a1.5 1.5 0 0 1 1.5-1.5ZM8 10.5V7.25a4 4 0 0 1 8 0v3.25M12 14.5v2.5",
  key: "M8.5 19a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM11.75 11.25 20 3M16.5 6.5l3 3M8.5 14.5h.01",
  code: "M4.5 5.5h15A1.5 1.5 0 0 1 21 7v10a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17V7a1.5 1.5 0 0 1 1.5-1.5ZM6.75 12H8M11.4 12h1.25M16 12h1.25",
  token:
    "M5 7h10.5A3.5 3.5 0 0 1 19 10.5v3a3.5 3.5 0 0 1-3.5 3.5H5a1.5 1.5 0 0 1-1.5-1.5v-7A1.5 1.5 0 0 1 5 7ZM6.5 10h6v4h-6v-4ZM19 12h2.5M15.75 12v.01",
  shield:
    "M12 2.75 4.75 5.5v6c0 4.6 3 8.3 7.25 9.75 4.25-1.45 7.25-5.15 7.25-9.75v-6L12 2.75ZM8.75 12l2.4 2.4 4.35-4.6",
  check: "m5 12.5 4.5 4.5L19 7.5",
  cross: "m6 6 12 12M18 6 6 18",
  warning: "M12 3.5 2.5 20h19L12 3.5ZM12 10v4.5M12 17.5h.01",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.5M12 7.75h.01",
  copy: "M9 8.5h9.5A1.5 1.5 0 0 1 20 10v9.5a1.5 1.5 0 0 1-1.5 1.5H9a1.5 1.5 0 0 1-1.5-1.5V10A1.5 1.5 0 0 1 9 8.5ZM4.5 15.5A1.5 1.5 0 0 1 4 14V4.5A1.5 1.5 0 0 1 5.5 3H15a1.5 1.5 0 0 1 1.4 1",
  forward: "M5 12h14M13 6l6 6-6 6",
  chevron: "m6 9.5 6 6 6-6",
  account: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.5-3.8 3.6-6 7.5-6s7 2.2 7.5 6",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.25l3.5 2",
  pause: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM10 9v6M14 9v6",
  paper:
    "M6.5 3h8L19 7.5V19.5a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 19.5v-15A1.5 1.5 0 0 1 6.5 3ZM14 3v5h5M8.5 12.5h7M8.5 16.5h5",
  message: "M4 5h16v11.5h-8L7.5 20v-3.5H4ZM8 9h8M8 12.5h5",
  call: "M6 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 6 6l1.5-2 4.5 1.5v3a1.5 1.5 0 0 1-1.5 1.5A16 16 0 0 1 4.5 5 1.5 1.5 0 0 1 6 3.5Z",
} as const;

/** What is drawn: these, and those of `icons-inside.ts`, which the pages behind the sign-in bring. */
const drawn: Record<string, string> = { ...PATHS };

export type IconName = keyof typeof PATHS | keyof typeof INSIDE;

/** Takes in more icons. */
export function learnIcons(more: Record<string, string>): void {
  Object.assign(drawn, more);
}

/** Decoration only: the words beside it say the same. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width={name === "more" ? 3.25 : 1.75}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={drawn[name]} />
    </svg>
  );
}

const METHOD_ICONS: Record<string, IconName> = {
  password: "password",
  passkey: "key",
  authenticator: "phone",
  hardware_oath: "token",
  totp: "code",
  recovery_codes: "paper",
  sms: "message",
  voice: "call",
  pass: "clock",
};

export function methodIcon(kind: string): IconName {
  return METHOD_ICONS[kind] ?? "shield";
}
