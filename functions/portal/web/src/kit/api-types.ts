// The shapes of the HTTP interface by the names that the pages use; the shapes themselves are generated from docs/openapi.json.
import type { components } from "./api-schema.ts";

type Schemas = components["schemas"];

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
  | "device.unlock_required"
  | "group.invalid"
  | "passwordless.not_available"
  | "service.unavailable"
  | "service.failed"
  | "network.unreachable"
  | "network.timeout";

export type Prompt = Schemas["SignInPrompt"] | Schemas["EnrollmentPrompt"];
export type NumberPrompt = Extract<Prompt, { kind: "number" }>;
export type CodePrompt = Extract<Prompt, { kind: "code" }>;
export type PairingPrompt = Extract<Prompt, { kind: "pairing" }>;
export type TotpSecretPrompt = Extract<Prompt, { kind: "totp_secret" }>;
export type Ended = Schemas["Ended"];
export type Qr = Schemas["Qr"];
export type Alternative = Schemas["Alternative"];
export type Next = Schemas["Next"];
export type SignIn = Schemas["SignIn"];
export type Invitation = Schemas["Invitation"];
export type PasswordCheck = Schemas["PasswordVerdict"];
export type Role = Schemas["Role"];
export type Me = Schemas["Me"];
export type Strength = Schemas["Strength"];
export type Method = Schemas["Method"];
export type Addable = Schemas["Addable"];
export type NotAvailable = Schemas["NotAvailable"];
export type Methods = Schemas["Methods"];
export type Enrollment = Schemas["Enrollment"];
export type Removal = Schemas["Removal"];
export type Removed = Schemas["Removed"];
export type Session = Schemas["Session"];
export type EventKind = Schemas["EventKind"];
export type Verdict = Schemas["Verdict"];
export type ActivityEvent = Schemas["Event"];
export type ActivityPage = Schemas["ActivityPage"];
export type Person = Schemas["Person"];
export type PeoplePage = Schemas["People"];
export type InvitationSent = Schemas["Invited"];

/** Kinds that have an icon and words of their own; the interface may know more. */
export type MethodKind = "password" | "authenticator" | "totp";
export type DeviceKind = Schemas["DeviceKind"];
