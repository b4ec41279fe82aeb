// The ceremonies that the mock server plays: signing in, invitations, setting up and removing a method.
import { later, method } from "./world.mjs";

const PIXEL = { authenticator_id: "aut_pixel", kind: "authenticator", name: "Pixel 9", prompt: "number" };
const APP = { authenticator_id: "aut_app", kind: "totp", name: "Code app", prompt: "code" };

/** A pattern that looks like a QR code; it cannot be scanned. */
function qr() {
  const size = 41;
  let path = "";
  const square = (x, y, width) => `M${x} ${y}h${width}v${width}h-${width}z`;
  for (const [x, y] of [
    [4, 4],
    [30, 4],
    [4, 30],
  ])
    path += `${square(x, y, 7)}M${x + 1} ${y + 1}v5h5v-5z${square(x + 2, y + 2, 3)}`;
  let seed = 7;
  for (let y = 4; y < 37; y += 1) {
    for (let x = 4; x < 37; x += 1) {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      const finder = (x < 12 && y < 12) || (x > 28 && y < 12) || (x < 12 && y > 28);
      if (!finder && seed % 100 < 48) path += `M${x} ${y}h1v1h-1z`;
    }
  }
  return { size, path };
}

export function complete() {
  return {
    state: "complete",
    user_name: "ada",
    purpose: "sign_in",
    prompts: [],
    alternatives: [],
    next: { kind: "return", to: "/" },
  };
}

export function signInFor(userName, purpose) {
  const base = {
    state: "waiting",
    user_name: userName,
    purpose,
    prompts: [],
    alternatives: [PIXEL, APP],
    poll_after_ms: 1500,
  };
  const number = {
    kind: "number",
    prompt_id: "prm_1",
    number: "47",
    expires_at: later(118),
    device: "Pixel 9",
    delivery: "sent",
  };
  if (userName.includes("."))
    return { ...base, state: "choose", ended: { code: userName, detail: "", fix: "" } };
  if (userName === "choose") return { ...base, state: "choose" };
  if (userName === "done") return complete();
  if (userName === "register") return { ...complete(), next: { kind: "register" } };
  if (userName === "grace")
    return {
      ...base,
      state: "choose",
      alternatives: [PIXEL],
      prompts: [{ kind: "code", authenticator_id: "aut_app", name: "Code app", digits: 6 }],
    };
  if (userName === "not_sent")
    return { ...base, alternatives: [], prompts: [{ ...number, delivery: "not_sent" }] };
  return { ...base, alternatives: [APP], prompts: [number] };
}

export const invitations = {
  first: { kind: "first_administrator", organization: "Example University", expires_at: later(86_400) },
  person: {
    kind: "enrollment",
    user_name: "grace",
    display_name: "Grace Hopper",
    organization: "Example University",
    expires_at: later(86_400),
  },
};

export function passwordCheck(password) {
  const score = Math.min(4, Math.floor(password.length / 4));
  if (/password/i.test(password))
    return {
      score: 0,
      acceptable: false,
      code: "password.block_listed",
      reason: "This is one of the passwords that attackers try first.",
      suggestions: ["Add another word or two."],
      min_length: 8,
    };
  if (password.length < 8)
    return {
      score,
      acceptable: false,
      code: "password.too_short",
      reason: "Use at least 8 characters.",
      suggestions: [],
      min_length: 8,
    };
  return { score, acceptable: true, suggestions: [], min_length: 8 };
}

export function enrollment(kind, state = "waiting") {
  const base = { id: "enr_1", kind, state, prompts: [], expires_at: later(900), poll_after_ms: 1500 };
  if (state === "ended")
    return {
      ...base,
      ended: {
        code: kind === "authenticator" ? "pairing.expired" : "enrollment.expired",
        detail: "",
        fix: "",
      },
    };
  if (state === "complete")
    return {
      ...base,
      method: method(
        kind === "totp" ? "aut_new" : "aut_phone",
        kind,
        kind === "totp" ? "Code app" : "Pixel 9",
      ),
      next: { kind: "return", to: "/" },
    };
  if (state === "testing")
    return {
      ...base,
      prompts: [
        {
          kind: "number",
          prompt_id: "prm_2",
          number: "82",
          expires_at: later(118),
          device: "Pixel 9",
          delivery: "sent",
        },
      ],
    };
  if (kind === "totp")
    return {
      ...base,
      prompts: [
        {
          kind: "totp_secret",
          uri: "otpauth://totp/Example:ada?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example",
          secret: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP",
          qr: qr(),
          digits: 6,
          period: 30,
        },
      ],
    };
  return {
    ...base,
    prompts: [
      {
        kind: "pairing",
        uri: "http://localhost:8787/authenticator#pair=7KQ2MH4XTR",
        code: "7KQ2M-H4XTR",
        qr: qr(),
        expires_at: later(594),
      },
    ],
  };
}

export function removal(id) {
  if (id === "aut_app") return { allowed: true, sessions_ended: 0, ends_current: false };
  if (id === "aut_only")
    return {
      allowed: false,
      sessions_ended: 0,
      ends_current: false,
      refusal: { code: "method.last_or_required", detail: "", fix: "" },
    };
  return {
    allowed: true,
    sessions_ended: 2,
    ends_current: true,
    new_default: { id: "aut_app", name: "Code app" },
  };
}
