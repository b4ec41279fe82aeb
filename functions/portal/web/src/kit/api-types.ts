// The shapes of the HTTP interface, one type for each body that crosses it.

export type ProblemCode =
  | "request.malformed"
  | "request.foreign_origin"
  | "request.too_large"
  | "request.unsupported_media_type"
  | "request.not_found"
  | "request.method_not_allowed"
  | "session.required"
  | "session.reauthentication_required"
  | "session.registration_only"
  | "session.not_found"
  | "session.cookie_blocked"
  | "session.loop"
  | "role.required"
  | "sign_in.rejected"
  | "sign_in.not_under_way"
  | "challenge.code_rejected"
  | "challenge.expired"
  | "challenge.number_mismatch"
  | "challenge.denied"
  | "challenge.superseded"
  | "challenge.answered"
  | "challenge.reported"
  | "prompt.muted"
  | "push.not_delivered"
  | "attempts.exhausted"
  | "method.not_found"
  | "method.last_or_required"
  | "method.limit_reached"
  | "policy.method_not_allowed"
  | "enrollment.expired"
  | "pairing.expired"
  | "invitation.invalid"
  | "password.too_short"
  | "password.too_long"
  | "password.block_listed"
  | "password.too_weak"
  | "user_name.taken"
  | "user_name.invalid"
  | "display_name.invalid"
  | "mail.invalid"
  | "name.invalid"
  | "account.not_found"
  | "account.last_administrator"
  | "account.state_conflict"
  | "activity.not_found"
  | "cursor.invalid"
  | "device.proof_invalid"
  | "device.channel_invalid"
  | "device.signature_invalid"
  | "device.removed"
  | "service.unavailable"
  | "service.failed"
  | "network.unreachable"
  | "network.timeout";

export interface Ended {
  code: string;
  detail: string;
  fix: string;
}

export interface Qr {
  size: number;
  path: string;
}

export interface NumberPrompt {
  kind: "number";
  prompt_id: string;
  number: string;
  expires_at: string;
  device: string;
  delivery: "sent" | "not_sent";
}
export interface CodePrompt {
  kind: "code";
  authenticator_id: string;
  name: string;
  digits: number;
}
export interface PairingPrompt {
  kind: "pairing";
  uri: string;
  code: string;
  qr?: Qr | null;
  expires_at: string;
}
export interface TotpSecretPrompt {
  kind: "totp_secret";
  uri: string;
  secret: string;
  qr?: Qr | null;
  digits: number;
  period: number;
}
export type Prompt = NumberPrompt | CodePrompt | PairingPrompt | TotpSecretPrompt;

export interface Alternative {
  authenticator_id: string;
  kind: "authenticator" | "totp";
  name: string;
  prompt: "number" | "code";
}

export type Next = { kind: "return"; to: string } | { kind: "register" };

export interface SignIn {
  state: "waiting" | "choose" | "complete";
  user_name: string;
  purpose: "sign_in" | "reauthenticate";
  prompts: Prompt[];
  alternatives: Alternative[];
  ended?: Ended | null;
  poll_after_ms?: number | null;
  next?: Next | null;
}

export interface Invitation {
  kind: "first_administrator" | "enrollment";
  user_name?: string | null;
  display_name?: string | null;
  organization: string;
  expires_at: string;
}
export interface PasswordCheck {
  score: number;
  acceptable: boolean;
  code?: string | null;
  reason?: string | null;
  suggestions: string[];
  min_length: number;
}

export type Role = "member" | "administrator";
export interface Me {
  account: { id: string; user_name: string; display_name: string; role: Role };
  session: {
    id: string;
    scope: "full" | "registration";
    authenticated_at: string;
    fresh_until: string;
    expires_at: string;
  };
  organization: { name: string; help_url?: string | null };
}

export type MethodKind = "password" | "authenticator" | "totp";
export type Strength = "knowledge" | "possession" | "phishing_resistant";
export interface Method {
  id: string;
  kind: MethodKind;
  name: string;
  detail: string;
  strength: Strength;
  added_at: string;
  last_used_at?: string | null;
  is_default: boolean;
  removable: boolean;
  status: "active" | "disabled";
  lacks: string[];
}
export interface Addable {
  kind: "authenticator" | "totp";
  title: string;
  description: string;
  strength: Strength;
}
export interface NotAvailable {
  kind: string;
  title: string;
  code: string;
  reason: string;
  policy: string;
}
export interface Methods {
  methods: Method[];
  addable: Addable[];
  not_available: NotAvailable[];
  fresh_until: string;
}
export interface Enrollment {
  id: string;
  kind: "authenticator" | "totp";
  state: "waiting" | "testing" | "complete" | "ended";
  prompts: Prompt[];
  ended?: Ended | null;
  expires_at: string;
  poll_after_ms?: number | null;
  method?: Method | null;
  next?: Next | null;
}
export interface Removal {
  allowed: boolean;
  sessions_ended: number;
  ends_current: boolean;
  new_default?: { id: string; name: string } | null;
  refusal?: Ended | null;
}
export interface Removed {
  sessions_ended: number;
  signed_out: boolean;
}

export type DeviceKind = "desktop" | "phone" | "tablet" | "other";
export interface Session {
  id: string;
  current: boolean;
  browser?: string | null;
  os?: string | null;
  device_kind?: DeviceKind | null;
  place?: string | null;
  address?: string | null;
  started_at: string;
  last_seen_at: string;
  expires_at: string;
  methods: string[];
}

export type EventKind =
  | "sign_in"
  | "prompt"
  | "method_added"
  | "method_removed"
  | "method_renamed"
  | "default_changed"
  | "signed_out"
  | "session_ended"
  | "signed_out_everywhere"
  | "password_set"
  | "account_disabled"
  | "account_enabled"
  | "invited";
export type Verdict = "me" | "not_me";
export interface ActivityEvent {
  id: string;
  at: string;
  kind: EventKind;
  outcome: "success" | "failure" | "information";
  code?: string | null;
  reason?: string | null;
  app?: string | null;
  method?: { kind: string; name: string } | null;
  place?: string | null;
  address?: string | null;
  network?: string | null;
  browser?: string | null;
  os?: string | null;
  device_kind?: DeviceKind | null;
  session_id?: string | null;
  number_match?: "matched" | "mismatched" | null;
  by?: "member" | "administrator" | null;
  verdict?: Verdict | null;
  repeats?: number | null;
}
export interface ActivityPage {
  events: ActivityEvent[];
  next_cursor?: string | null;
}

export interface Person {
  id: string;
  user_name: string;
  display_name: string;
  mail?: string | null;
  role: Role;
  status: "invited" | "active" | "disabled";
  methods?: number | null;
  created_at: string;
  last_sign_in_at?: string | null;
}
export interface PeoplePage {
  people: Person[];
  next_cursor?: string | null;
}
export interface InvitationSent {
  sent_to: string;
  sent?: boolean;
  expires_at: string;
}
