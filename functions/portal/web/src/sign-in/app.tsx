// Draws the step the sign-in is at.
import { stopped } from "../kit/api";
import { Later } from "../kit/components/later";
import { Skeleton } from "../kit/components/loaded";
import { StopPage } from "../kit/components/stop-page";
import { Choose } from "./choose";
import { Complete } from "./complete";
import { Credentials } from "./credentials";
import { view } from "./flow";
import { Shell } from "./shell";
import { Waiting } from "./waiting";

export function App() {
  if (stopped.value) return <StopPage problem={stopped.value} />;
  if (location.pathname.startsWith("/welcome")) {
    return (
      <Shell>
        <Later of="welcome" load={() => import("./welcome/welcome")} draw={({ Welcome }) => <Welcome />} />
      </Shell>
    );
  }
  return (
    <Shell>
      <Step />
    </Shell>
  );
}

function Step() {
  const now = view.value;
  switch (now.step) {
    case "loading":
      return <Skeleton rows={3} />;
    case "credentials":
      return <Credentials problem={now.problem} />;
    case "reauthenticate":
      return (
        <Later
          of="reauthenticate"
          load={() => import("./reauthenticate")}
          draw={({ Reauthenticate }) => <Reauthenticate {...now} />}
        />
      );
    case "pass":
      return <Later of="pass" load={() => import("./first/pass")} draw={({ Pass }) => <Pass />} />;
    case "under-way": {
      const { signIn } = now;
      if (signIn.state === "complete") return <Complete signIn={signIn} />;
      if (signIn.prompts.length > 0) return <Waiting signIn={signIn} />;
      const { ended } = signIn;
      if (ended) {
        return (
          <Later
            of="ended"
            load={() => import("./ended")}
            draw={({ EndedStep }) => <EndedStep signIn={signIn} ended={ended} />}
          />
        );
      }
      return <Choose signIn={signIn} />;
    }
  }
}
