// The made-up organization that the mock server shows: Ada, her methods, her sessions and what happened.

export const later = (seconds) => new Date(Date.now() + seconds * 1000).toISOString();
const earlier = (minutes) => later(-minutes * 60);

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
    return { ...base, prompts: [{ kind: "code", authenticator_id: "aut_app", name: "Code app", digits: 6 }] };
  if (userName === "not_sent") return { ...base, prompts: [{ ...number, delivery: "not_sent" }] };
  return { ...base, prompts: [number] };
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

function method(id, kind, name, more = {}) {
  return {
    id,
    kind,
    name,
    detail: "",
    strength: "possession",
    added_at: earlier(60 * 24 * 90),
    last_used_at: earlier(14),
    is_default: false,
    removable: true,
    status: "active",
    lacks: [],
    ...more,
  };
}

const event = (id, minutes, kind, outcome, more = {}) => ({
  id,
  at: earlier(minutes),
  kind,
  outcome,
  ...more,
});
const HERE = {
  place: "Lisbon, PT",
  address: "203.0.113.9",
  network: "Example Telecom",
  browser: "Firefox",
  os: "Linux",
  device_kind: "desktop",
};
const PHONE = { kind: "authenticator", name: "Pixel 9" };

export function world() {
  const methods = [
    method("aut_password", "password", "Password", {
      strength: "knowledge",
      removable: false,
      detail: "Changed 3 months ago",
    }),
    method("aut_pixel", "authenticator", "Pixel 9", {
      detail: "Countersign on Chrome, Android",
      is_default: true,
      lacks: ["Does not say whether the phone was unlocked"],
    }),
    method("aut_app", "totp", "Code app", { detail: "6 digits, every 30 seconds", last_used_at: null }),
  ];
  return {
    me: {
      account: { id: "acc_ada", user_name: "ada", display_name: "Ada Lovelace", role: "administrator" },
      session: {
        id: "ses_1",
        scope: "full",
        authenticated_at: earlier(3),
        fresh_until: later(120),
        expires_at: later(80_000),
      },
      organization: { name: "Example University", help_url: "https://help.example.org/" },
    },
    methods: {
      methods,
      addable: [
        {
          kind: "authenticator",
          title: "Countersign on your phone",
          description: "A request on your phone, answered by typing a number. No app store needed.",
          strength: "possession",
        },
        {
          kind: "totp",
          title: "A code app",
          description: "Six digits from any authenticator app, also without a connection.",
          strength: "possession",
        },
      ],
      not_available: [
        {
          kind: "sms",
          title: "Text message",
          code: "policy.method_not_allowed",
          reason: "Text messages can be redirected, so your organization does not use them.",
          policy: "Methods for everybody",
        },
      ],
      fresh_until: later(120),
    },
    sessions: [
      {
        id: "ses_1",
        current: true,
        browser: "Firefox",
        os: "Linux",
        device_kind: "desktop",
        place: "Lisbon, PT",
        address: "203.0.113.9",
        started_at: earlier(42),
        last_seen_at: earlier(0),
        expires_at: later(80_000),
        methods: ["Password", "Pixel 9"],
      },
      {
        id: "ses_2",
        current: false,
        browser: "Safari",
        os: "iOS",
        device_kind: "phone",
        place: "Porto, PT",
        address: "198.51.100.24",
        started_at: earlier(600),
        last_seen_at: earlier(35),
        expires_at: later(40_000),
        methods: ["Password", "Code app"],
      },
      {
        id: "ses_3",
        current: false,
        browser: "Chrome",
        os: "Windows",
        device_kind: "desktop",
        address: "2001:db8:85a3::8a2e:370:7334",
        started_at: earlier(900),
        last_seen_at: earlier(300),
        expires_at: later(20_000),
        methods: ["Password", "Pixel 9"],
      },
    ],
    events: [
      event("evt_1", 3, "sign_in", "success", {
        ...HERE,
        app: "Security info",
        method: PHONE,
        session_id: "ses_1",
        number_match: "matched",
      }),
      event("evt_2", 6, "prompt", "failure", {
        ...HERE,
        method: PHONE,
        reason: "A different number was typed on the phone.",
        code: "challenge.number_mismatch",
        number_match: "mismatched",
        repeats: 2,
      }),
      event("evt_3", 95, "method_added", "success", {
        ...HERE,
        method: { kind: "totp", name: "Code app" },
        by: "member",
      }),
      event("evt_4", 900, "sign_in", "success", {
        browser: "Chrome",
        os: "Windows",
        device_kind: "desktop",
        address: "2001:db8:85a3::8a2e:370:7334",
        app: "Security info",
        method: PHONE,
        session_id: "ses_3",
        number_match: "matched",
        verdict: "not_me",
      }),
      event("evt_5", 1500, "sign_in", "failure", {
        ...HERE,
        place: undefined,
        reason: "The password was not right.",
        code: "sign_in.rejected",
        repeats: 4,
      }),
      event("evt_6", 3100, "signed_out_everywhere", "information", { ...HERE, by: "member", verdict: "me" }),
      event("evt_7", 9100, "invited", "information", { by: "administrator" }),
    ],
    people: [
      {
        id: "acc_ada",
        user_name: "ada",
        display_name: "Ada Lovelace",
        mail: "ada@example.org",
        role: "administrator",
        status: "active",
        methods: 2,
        created_at: earlier(200_000),
        last_sign_in_at: earlier(3),
      },
      {
        id: "acc_grace",
        user_name: "grace",
        display_name: "Grace Hopper",
        mail: "grace@example.org",
        role: "member",
        status: "active",
        methods: 1,
        created_at: earlier(90_000),
        last_sign_in_at: earlier(4000),
      },
      {
        id: "acc_alan",
        user_name: "alan",
        display_name: "Alan Turing",
        mail: "alan@example.org",
        role: "member",
        status: "invited",
        methods: 0,
        created_at: earlier(700),
      },
      {
        id: "acc_kurt",
        user_name: "kurt",
        display_name: "Kurt Gödel",
        mail: "kurt@example.org",
        role: "member",
        status: "disabled",
        methods: 1,
        created_at: earlier(400_000),
        last_sign_in_at: earlier(90_000),
      },
    ],
    enrollmentState: "waiting",
  };
}

export function activity({ events }, cursor) {
  return cursor
    ? { events: events.slice(5), next_cursor: null }
    : { events: events.slice(0, 5), next_cursor: "older" };
}

/** Changes one thing of the world by name. */
export function change(world, name, value) {
  if (name === "reset")
    Object.assign(
      world,
      { signIn: undefined, stale: false, signedOut: false, enrollment: undefined },
      globalThis.structuredClone(fresh()),
    );
  else if (name === "scope") world.me.session.scope = value;
  else if (name === "role") world.me.account.role = value;
  else if (name === "only")
    world.methods.methods = world.methods.methods
      .slice(0, Number(value))
      .map((item) => (item.id === "aut_pixel" ? { ...item, id: "aut_only" } : item));
  else if (name === "empty") Object.assign(world, { events: [] });
  else if (name === "signIn") world.signIn = signInFor(value, "sign_in");
  else if (name === "enrollment") world.enrollment = enrollment("authenticator", value);
  else world[name] = value === "1" ? true : value === "0" ? false : value;
}
const fresh = world;
