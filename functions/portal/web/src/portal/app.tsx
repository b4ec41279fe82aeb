// Finds out who is here, then draws the page that the address names.
import { useEffect } from "preact/hooks";
import { call, leave, stopped } from "../kit/api";
import type { Me } from "../kit/api-types";
import { Later } from "../kit/components/later";
import { Loaded } from "../kit/components/loaded";
import { StopPage } from "../kit/components/stop-page";
import { useLoad } from "../kit/load";
import { clearRedirects } from "../kit/loop-guard";
import { path } from "../kit/router";
import { Activity } from "./activity/activity";
import { AddMethod } from "./add/add-method";
import { NotFound } from "./not-found";
import { Security } from "./security/security";
import { Sessions } from "./sessions/sessions";
import { PlainShell, Shell } from "./shell";

export function App() {
  const me = useLoad(() => call<Me>("GET", "/me"));
  if (stopped.value) return <StopPage problem={stopped.value} />;
  if (me.load.value.state !== "ready") {
    return (
      <PlainShell>
        <Loaded loader={me}>{() => null}</Loaded>
      </PlainShell>
    );
  }
  return <SignedIn me={me.load.value.value} />;
}

function SignedIn({ me }: { me: Me }) {
  const registering = me.session.scope === "registration";
  useEffect(() => {
    clearRedirects();
    if (registering && path.value !== "/add-method") void leave("/add-method");
  }, [registering]);
  if (registering) {
    return (
      <PlainShell>
        <AddMethod me={me} />
      </PlainShell>
    );
  }
  return (
    <Shell me={me}>
      <Content me={me} />
    </Shell>
  );
}

function Content({ me }: { me: Me }) {
  const here = path.value;
  if (here === "/") return <Security />;
  if (here === "/add-method") return <AddMethod me={me} />;
  if (here === "/activity") return <Activity />;
  if (here === "/sessions") return <Sessions />;
  const administrator = me.account.role === "administrator";
  if (administrator && (here === "/people" || here.startsWith("/people/"))) {
    return (
      <Later of="people" load={() => import("./people/people")} draw={({ People }) => <People me={me} />} />
    );
  }
  if (administrator && here === "/policy") {
    return (
      <Later of="policy" load={() => import("./policy/policy")} draw={({ PolicyPage }) => <PolicyPage />} />
    );
  }
  if (administrator && here === "/hardware-tokens") {
    return <Later of="tokens" load={() => import("./tokens/tokens")} draw={({ Tokens }) => <Tokens />} />;
  }
  return (
    <NotFound
      forAdministrators={
        here.startsWith("/people") || here === "/policy" || here.startsWith("/hardware-tokens")
      }
    />
  );
}
