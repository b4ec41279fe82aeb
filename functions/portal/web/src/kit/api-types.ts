// The shapes of the HTTP interface by the names that the pages use; the shapes themselves are generated from docs/openapi.json.
import type { components } from "./api-schema.ts";

type Schemas = components["schemas"];

export type Prompt = Schemas["SignInPrompt"] | Schemas["EnrollmentPrompt"];
export type NumberPrompt = Extract<Prompt, { kind: "number" }>;
export type CodePrompt = Extract<Prompt, { kind: "code" }>;
export type TextPrompt = Extract<Prompt, { kind: "text" }>;
export type RecoveryCodesPrompt = Extract<Prompt, { kind: "recovery_codes" }>;
export type PairingPrompt = Extract<Prompt, { kind: "pairing" }>;
export type TotpSecretPrompt = Extract<Prompt, { kind: "totp_secret" }>;
export type PasskeyChallenge = Schemas["PasskeyChallenge"];
export type SentCodePrompt = Extract<Prompt, { kind: "sent_code" }>;
export type AllowedCountry = Schemas["AllowedCountry"];
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
export type Readiness = Schemas["Readiness"];
export type StrengthStanding = Schemas["StrengthStanding"];
export type Advice = Schemas["Advice"];
export type Level = Schemas["Level"];
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
export type Pass = Schemas["Pass"];
export type PersonPass = Schemas["PersonPass"];
export type PassAllowed = Schemas["PassAllowed"];
export type IssuedPass = Schemas["IssuedPass"];
export type HardwareToken = Schemas["HardwareToken"];
export type HardwareTokens = Schemas["HardwareTokens"];
export type TokenState = Schemas["TokenState"];
export type TokensImported = Schemas["TokensImported"];
export type InvitationSent = Schemas["Invited"];

/** Kinds that have an icon and words of their own; the interface may know more. */
export type MethodKind =
  | "password"
  | "passkey"
  | "authenticator"
  | "hardware_oath"
  | "totp"
  | "recovery_codes"
  | "sms"
  | "voice"
  | "pass";
export type DeviceKind = Schemas["DeviceKind"];
