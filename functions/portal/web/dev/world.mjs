// The made-up organization that the mock server shows: Ada, her methods, her sessions and what happened.

export const later = (seconds) => new Date(Date.now() + seconds * 1000).toISOString();
const earlier = (minutes) => later(-minutes * 60);

export function method(id, kind, name, more = {}) {
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
      last_used_at: undefined,
      lacks: ["Whoever learns it can use it. It never opens your account alone."],
    }),
    method("aut_pixel", "authenticator", "Pixel 9", {
      detail: "Pixel 9",
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
      system_preferred: false,
      readiness: {
        phone_lost: "locked_out",
        left: [],
        weakest: {
          id: "aut_app",
          kind: "totp",
          title: "Code generator app",
          name: "Code app",
          strength: "possession",
          lacks: "A false page can ask you for the code.",
        },
        add: [{ kind: "authenticator", title: "Authenticator", why: "phone_lost" }],
      },
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
        code: "challenge.number_mismatch",
        number_match: "mismatched",
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
        code: "sign_in.rejected",
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
