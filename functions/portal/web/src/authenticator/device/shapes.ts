// The shapes of the device protocol, parsed at the door: inside the app they cannot be wrong.

export type Channel = { kind: "web_push"; endpoint: string; p256dh: string; auth: string } | { kind: "none" };

export interface Configuration {
  organization: string;
  vapidKey: string | undefined;
  helpUrl: string | undefined;
}

export interface Paired {
  accountId: string;
  authenticatorId: string;
  organization: string;
  userName: string;
  displayName: string;
  replacesAddedAt: string | undefined;
}

export interface Shown {
  app: string;
  place: string;
  browser: string;
  address: string;
  at: string;
}

export interface Prompt {
  id: string;
  purpose: "sign_in" | "passwordless" | "reauthenticate" | "test";
  challenge: string;
  numberLength: number;
  shown: Shown;
  createdAt: string;
  expiresAt: string;
}

export interface Prompts {
  prompts: Prompt[];
  pollAfterMs: number;
}

export interface Device {
  name: string;
  organization: string;
  userName: string;
  displayName: string;
  status: "pending" | "active";
  addedAt: string;
  channel: string;
  /** Whether the service knows that this phone unlocks. */
  unlocks: boolean;
}

/** A phone that takes this one's place. */
export interface NewPhone {
  authenticatorId: string;
  model: string;
  jkt: string;
}

/** A move to a new phone, as this one sees it. */
export interface HandOver {
  id: string;
  state: "waiting" | "testing" | "tested" | "ended";
  code: string | undefined;
  qr: { size: number; path: string } | undefined;
  number: string | undefined;
  to: NewPhone | undefined;
  expiresAt: string;
  pollAfterMs: number;
}

/** Thrown when an answer does not look as the protocol says; the client turns it into a problem. */
export class Malformed extends Error {}

type Fields = Record<string, unknown>;

function fields(value: unknown): Fields {
  if (typeof value !== "object" || value === null) throw new Malformed("not an object");
  return value as Fields;
}

function text(from: Fields, name: string): string {
  const value = from[name];
  if (typeof value !== "string") throw new Malformed(`${name} is not a text`);
  return value;
}

function optionalText(from: Fields, name: string): string | undefined {
  const value = from[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function parseConfiguration(value: unknown): Configuration {
  const from = fields(value);
  return {
    organization: text(from, "organization"),
    vapidKey: optionalText(from, "vapid_public_key"),
    helpUrl: optionalText(from, "help_url"),
  };
}

export function parsePaired(value: unknown): Paired {
  const from = fields(value);
  return {
    accountId: text(from, "account_id"),
    authenticatorId: text(from, "authenticator_id"),
    organization: text(from, "organization"),
    userName: text(from, "user_name"),
    displayName: text(from, "display_name"),
    replacesAddedAt: optionalText(from, "replaces_added_at"),
  };
}

export function parseDevice(value: unknown): Device {
  const from = fields(value);
  return {
    name: text(from, "name"),
    organization: text(from, "organization"),
    userName: text(from, "user_name"),
    displayName: text(from, "display_name"),
    status: text(from, "status") === "pending" ? "pending" : "active",
    addedAt: text(from, "added_at"),
    channel: text(from, "channel"),
    unlocks: Array.isArray(from.capabilities) && from.capabilities.includes("unlock"),
  };
}

export function parsePrompts(value: unknown): Prompts {
  const from = fields(value);
  if (!Array.isArray(from.prompts)) throw new Malformed("prompts is not a list");
  const after = from.poll_after_ms;
  return { prompts: from.prompts.map(parsePrompt), pollAfterMs: typeof after === "number" ? after : 2000 };
}

const PURPOSES = ["sign_in", "passwordless", "reauthenticate", "test"] as const;

function parsePrompt(value: unknown): Prompt {
  const from = fields(value);
  const purpose = PURPOSES.find((known) => known === from.purpose);
  const length = from.number_length;
  if (!purpose) throw new Malformed("unknown purpose");
  if (typeof length !== "number" || !Number.isInteger(length) || length < 1 || length > 9) {
    throw new Malformed("number_length is out of range");
  }
  const shown = fields(from.shown);
  return {
    id: text(from, "id"),
    purpose,
    challenge: text(from, "challenge"),
    numberLength: length,
    shown: {
      app: text(shown, "app"),
      place: text(shown, "place"),
      browser: text(shown, "browser"),
      address: text(shown, "address"),
      at: text(shown, "at"),
    },
    createdAt: text(from, "created_at"),
    expiresAt: text(from, "expires_at"),
  };
}

const MOVES = ["waiting", "testing", "tested", "ended"] as const;

export function parseHandOver(value: unknown): HandOver {
  const from = fields(value);
  const state = MOVES.find((known) => known === from.state);
  if (!state) throw new Malformed("unknown state");
  const qr = from.qr === undefined ? undefined : fields(from.qr);
  const to = from.to === undefined ? undefined : fields(from.to);
  const after = from.poll_after_ms;
  return {
    id: text(from, "id"),
    state,
    code: optionalText(from, "code"),
    qr: qr && typeof qr.size === "number" ? { size: qr.size, path: text(qr, "path") } : undefined,
    number: optionalText(from, "number"),
    to: to && {
      authenticatorId: text(to, "authenticator_id"),
      model: text(to, "model"),
      jkt: text(to, "jkt"),
    },
    expiresAt: text(from, "expires_at"),
    pollAfterMs: typeof after === "number" ? after : 1000,
  };
}

export function parseOutcome(value: unknown): "approved" | "denied" {
  return text(fields(value), "outcome") === "approved" ? "approved" : "denied";
}
