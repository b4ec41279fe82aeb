// Asks the browser for passkeys (WebAuthn), in the JSON that the server speaks, and says what went wrong in words of ours.
import type { components } from "./api-schema.ts";
import { localProblem, type Problem, type Result } from "./problem";

type Schemas = components["schemas"];
type CreationOptions = Schemas["PasskeyCreationOptions"];
type RequestOptions = Schemas["PasskeyRequestOptions"];

/** What newer browsers can besides (WebAuthn Level 3 §5.1.10); older ones lack some or all of it. */
interface Signals {
  isConditionalMediationAvailable?: () => Promise<boolean>;
  isUserVerifyingPlatformAuthenticatorAvailable?: () => Promise<boolean>;
  signalUnknownCredential?: (what: { rpId: string; credentialId: string }) => Promise<void>;
  signalAllAcceptedCredentials?: (what: {
    rpId: string;
    userId: string;
    allAcceptedCredentialIds: string[];
  }) => Promise<void>;
}

function browser(): Signals | undefined {
  return (globalThis as { PublicKeyCredential?: Signals }).PublicKeyCredential;
}

export const supported = (): boolean => browser() !== undefined;

/** Whether this device can verify its owner itself: by face, finger or PIN. */
export async function platformPresent(): Promise<boolean> {
  return (await browser()?.isUserVerifyingPlatformAuthenticatorAvailable?.()) ?? false;
}

/** Whether passkeys can be offered among the user names that the browser fills in. */
export async function autofillPresent(): Promise<boolean> {
  return (await browser()?.isConditionalMediationAvailable?.()) ?? false;
}

/** Tells the browser to forget a passkey that nobody here has. */
export function forget(rpId: string, credentialId: string): void {
  void browser()
    ?.signalUnknownCredential?.({ rpId, credentialId })
    .catch(() => {});
}

/** Tells the browser which passkeys of an account are good, so that it offers no others. */
export function accept({ rp_id, user_id, credential_ids }: Schemas["AcceptedCredentials"]): void {
  void browser()
    ?.signalAllAcceptedCredentials?.({
      rpId: rp_id,
      userId: user_id,
      allAcceptedCredentialIds: credential_ids,
    })
    .catch(() => {});
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function base64url(buffer: ArrayBuffer): string {
  let binary = "";
  for (const byte of new Uint8Array(buffer)) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

type Descriptor = Schemas["PasskeyDescriptor"];
const descriptors = (all: Descriptor[]) =>
  all.map(({ id, transports }) => ({
    type: "public-key" as const,
    id: bytes(id),
    ...(transports ? { transports: transports as AuthenticatorTransport[] } : {}),
  }));

/** Why there is no passkey: the person stopped, it is here already, or this browser or address cannot. */
function why(error: unknown): Problem {
  switch (error instanceof Error ? error.name : "") {
    case "InvalidStateError":
      return localProblem("passkey.taken");
    case "NotSupportedError":
    case "ConstraintError":
      return localProblem("passkey.not_supported");
    case "SecurityError":
      return localProblem("passkey.wrong_address");
    default:
      return localProblem("passkey.cancelled");
  }
}

function common(credential: PublicKeyCredential) {
  return {
    id: credential.id,
    rawId: base64url(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
  };
}

export interface Made {
  credential: Schemas["NewPasskey"];
  /** The model of what holds it, as a UUID. */
  aaguid: string | undefined;
}

/** The model, where it stands in authenticator data (§6.1, §6.5.1). */
function aaguidOf(data: ArrayBuffer | undefined): string | undefined {
  if (!data || data.byteLength < 53) return undefined;
  const hex = [...new Uint8Array(data, 37, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Makes a passkey. */
export async function create(options: CreationOptions): Promise<Result<Made>> {
  if (!supported()) return { ok: false, problem: localProblem("passkey.not_supported") };
  const { challenge, user, excludeCredentials, ...rest } = options;
  try {
    const made = await navigator.credentials.create({
      publicKey: {
        ...(rest as Omit<PublicKeyCredentialCreationOptions, "challenge" | "user" | "excludeCredentials">),
        challenge: bytes(challenge),
        user: { ...user, id: bytes(user.id) },
        excludeCredentials: descriptors(excludeCredentials),
      },
    });
    const credential = made as PublicKeyCredential;
    const response = credential.response as AuthenticatorAttestationResponse;
    return {
      ok: true,
      value: {
        credential: {
          ...common(credential),
          response: {
            clientDataJSON: base64url(response.clientDataJSON),
            attestationObject: base64url(response.attestationObject),
            transports: response.getTransports?.() ?? [],
          },
        },
        aaguid: aaguidOf(response.getAuthenticatorData?.()),
      },
    };
  } catch (error) {
    return { ok: false, problem: why(error) };
  }
}

interface Asking {
  /** Among the user names that the browser fills in, until the person takes one. */
  autofill?: boolean;
  signal?: AbortSignal;
}

/** Uses a passkey. */
export async function get(options: RequestOptions, asking?: Asking): Promise<Result<Schemas["UsedPasskey"]>> {
  if (!supported()) return { ok: false, problem: localProblem("passkey.not_supported") };
  const { challenge, allowCredentials, userVerification, ...rest } = options;
  try {
    const used = await navigator.credentials.get({
      ...(asking?.autofill ? { mediation: "conditional" as const } : {}),
      ...(asking?.signal ? { signal: asking.signal } : {}),
      publicKey: {
        ...rest,
        userVerification: userVerification as UserVerificationRequirement,
        challenge: bytes(challenge),
        allowCredentials: descriptors(allowCredentials),
      },
    });
    const credential = used as PublicKeyCredential;
    const response = credential.response as AuthenticatorAssertionResponse;
    return {
      ok: true,
      value: {
        ...common(credential),
        response: {
          clientDataJSON: base64url(response.clientDataJSON),
          authenticatorData: base64url(response.authenticatorData),
          signature: base64url(response.signature),
          ...(response.userHandle ? { userHandle: base64url(response.userHandle) } : {}),
        },
      },
    };
  } catch (error) {
    return { ok: false, problem: why(error) };
  }
}
