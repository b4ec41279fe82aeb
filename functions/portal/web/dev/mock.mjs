// Serves dist/ with made-up answers for every state of every page: `npm run mock`, then open /sign-in.
// At sign-in the user name chooses what happens: ada (number), grace (code), choose, not_sent, register, or a code such as challenge.expired.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import * as ceremonies from "./ceremonies.mjs";
import { change } from "./change.mjs";
import * as organization from "./world.mjs";

const PORT = Number(process.env.PORT ?? 8787);
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types countersign";

const world = organization.world();

const problem = (status, code, more = {}) => ({
  status,
  body: {
    type: "about:blank",
    title: code,
    status,
    detail: "",
    fix: "",
    code,
    request_id: "req_mock",
    ...more,
  },
});
const none = () => ok(undefined, 204);

/** Changes one thing of the world and hands the new value on. */
function set(name, value) {
  world[name] = value;
  return value;
}
const ok = (body, status = 200) => ({ status, body });

/** What the sign-in under way says now. */
function signIn() {
  const now = world.signIn;
  if (!now) return problem(409, "sign_in.not_under_way");
  return ok(now);
}

const routes = {
  "GET /sign-ins/current": signIn,
  "DELETE /sign-ins/current": () => {
    set("signIn", undefined);
    return none();
  },
  "POST /sign-ins": ({ user_name, password }) => {
    if (password === "wrong") return problem(401, "sign_in.rejected");
    if (password === "often") return problem(429, "attempts.exhausted", { retry_after: 240 });
    world.signIn = ceremonies.signInFor(user_name, "sign_in");
    return signIn();
  },
  "POST /reauthentications": ({ password }) => {
    if (password === "wrong") return problem(401, "sign_in.rejected");
    world.signIn = ceremonies.signInFor("ada", "reauthenticate");
    return signIn();
  },
  "POST /sign-ins/current/prompt": () =>
    ok(set("signIn", ceremonies.signInFor("ada", world.signIn?.purpose ?? "sign_in"))),
  "POST /sign-ins/current/code": ({ code }) => {
    if (code === "000000") return problem(401, "challenge.code_rejected");
    world.signIn = ceremonies.complete();
    return signIn();
  },
  "POST /invitations/inspect": ({ token }) =>
    ceremonies.invitations[token] ? ok(ceremonies.invitations[token]) : problem(410, "invitation.invalid"),
  "POST /invitations/password-check": ({ password }) => ok(ceremonies.passwordCheck(password)),
  "POST /invitations/accept": ({ user_name }) =>
    user_name === "taken" ? problem(409, "user_name.taken") : ok({ next: { kind: "register" } }),
  "GET /me": () => (world.signedOut ? problem(401, "session.required") : ok(world.me)),
  "GET /me/methods": () => ok(world.methods),
  "POST /me/methods": ({ kind }) =>
    world.stale
      ? problem(401, "session.reauthentication_required")
      : ok(set("enrollment", ceremonies.enrollment(kind, world.enrollmentState))),
  "PUT /me/methods/default": ({ id }) => {
    for (const method of world.methods.methods) method.is_default = method.id === id;
    return ok(undefined, 204);
  },
  "GET /me/sessions": () => ok({ sessions: world.sessions }),
  "POST /me/sign-out-everywhere": ({ keep_current }) =>
    ok({ sessions_ended: world.sessions.length, signed_out: !keep_current }),
  "POST /sign-out": () => ok(undefined, 204),
  "GET /me/activity": (_body, query) => ok(organization.activity(world, query.get("cursor"))),
  "GET /people": () => ok({ people: world.people, next_cursor: null }),
  "POST /people": (body) => {
    if (body.user_name === "taken") return problem(409, "user_name.taken");
    const person = {
      ...body,
      id: `acc_${world.people.length}`,
      status: "invited",
      methods: 0,
      created_at: new Date().toISOString(),
    };
    world.people.push(person);
    return ok(person, 201);
  },
};

/** Routes with an id in the middle: the first part that fits is taken. */
const patterns = [
  [
    /^GET \/me\/enrollments\/[^/]+$/,
    () => (world.enrollment ? ok(world.enrollment) : problem(409, "enrollment.expired")),
  ],
  [
    /^DELETE \/me\/enrollments\/[^/]+$/,
    () => {
      set("enrollment", undefined);
      return none();
    },
  ],
  [
    /^POST \/me\/enrollments\/[^/]+\/prompt$/,
    () => ok(set("enrollment", ceremonies.enrollment("authenticator", "testing"))),
  ],
  [
    /^POST \/me\/enrollments\/[^/]+\/confirm$/,
    (_id, { code }) =>
      code === "000000"
        ? problem(401, "challenge.code_rejected")
        : ok(ceremonies.enrollment("totp", "complete")),
  ],
  [/^GET \/me\/methods\/([^/]+)\/removal$/, (id) => ok(ceremonies.removal(id))],
  [
    /^DELETE \/me\/methods\/([^/]+)$/,
    (id) => {
      world.methods.methods = world.methods.methods.filter((method) => method.id !== id);
      return ok({ sessions_ended: 2, signed_out: false });
    },
  ],
  [
    /^PATCH \/me\/methods\/([^/]+)$/,
    (id, { name }) =>
      ok(
        Object.assign(
          world.methods.methods.find((method) => method.id === id),
          { name },
        ),
      ),
  ],
  [
    /^DELETE \/me\/sessions\/([^/]+)$/,
    (id) => {
      set(
        "sessions",
        world.sessions.filter((session) => session.id !== id),
      );
      return none();
    },
  ],
  [
    /^PUT \/me\/activity\/([^/]+)\/verdict$/,
    (id, { verdict }) =>
      ok(
        Object.assign(
          world.events.find((event) => event.id === id),
          { verdict },
        ),
      ),
  ],
  [/^GET \/people\/([^/]+)$/, (id) => ok(world.people.find((person) => person.id === id) ?? world.people[0])],
  [
    /^POST \/people\/([^/]+)\/invitation$/,
    () => ok({ sent_to: "grace@example.org", expires_at: organization.later(86_400) }),
  ],
  [
    /^POST \/people\/([^/]+)\/(disable|enable)$/,
    (id, _body, what) =>
      ok(
        Object.assign(
          world.people.find((person) => person.id === id),
          { status: what === "disable" ? "disabled" : "active" },
        ),
      ),
  ],
  [/^DELETE \/people\/([^/]+)\/sessions$/, () => ok({ sessions_ended: 3 })],
];

function answer(verb, path, body, query) {
  const route = routes[`${verb} ${path}`];
  if (route) return route(body, query);
  for (const [pattern, handle] of patterns) {
    const found = pattern.exec(`${verb} ${path}`);
    if (found) return handle(found[1] && decodeURIComponent(found[1]), body, found[2]);
  }
  return problem(404, "request.not_found");
}

/** Which file an address is, as the portal function decides it. */
function file(path) {
  if (path === "/sign-in" || path === "/welcome") return "sign-in.html";
  if (path === "/authenticator") return "authenticator.html";
  return extname(path) ? normalize(path).slice(1) : "portal.html";
}

createServer(async (request, response) => {
  const url = new URL(request.url, "http://mock");
  if (url.pathname === "/mock") {
    // Changes the world between two looks at it: /mock?stale=1&enrollmentState=testing
    for (const [name, value] of url.searchParams) change(world, name, value);
    response.end("ok");
    return;
  }
  if (url.pathname === "/device/v1/configuration") {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(world.me.organization));
    return;
  }
  if (url.pathname.startsWith("/api/v1")) {
    let text = "";
    for await (const part of request) text += part;
    const { status, body } = answer(
      request.method,
      url.pathname.slice(7),
      text ? JSON.parse(text) : {},
      url.searchParams,
    );
    response.writeHead(status, {
      "content-type": status >= 400 ? "application/problem+json" : "application/json",
      "cache-control": "no-store",
    });
    response.end(body === undefined ? undefined : JSON.stringify(body));
    return;
  }
  const name = file(url.pathname);
  const bytes = await readFile(join("dist", name)).catch(() => undefined);
  response.writeHead(bytes ? 200 : 404, {
    "content-type": TYPES[extname(name)] ?? "application/octet-stream",
    "content-security-policy": CSP,
    "service-worker-allowed": "/authenticator",
  });
  response.end(bytes ?? "not found");
}).listen(PORT, "127.0.0.1", () => console.log(`http://localhost:${PORT}/sign-in`));
