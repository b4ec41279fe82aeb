// Draws what matters most now: a request above everything, then how the last one ended, then the screen one is on.
import { Later } from "../kit/components/later";
import { Skeleton } from "../kit/components/loaded";
import { pairing } from "./pairing";
import { isLive } from "./push/renew";
import { route } from "./route";
import { AccountScreen } from "./screens/account";
import { Confirm } from "./screens/confirm";
import { Home } from "./screens/home";
import { OutcomeScreen } from "./screens/outcome";
import { Pair } from "./screens/pair";
import { Paired } from "./screens/paired";
import { PairingScreen } from "./screens/pairing";
import { PromptScreen } from "./screens/prompt";
import { Scan } from "./screens/scan";
import { SettingsScreen } from "./screens/settings";
import { StorageBroken } from "./screens/storage";
import { TypeCode } from "./screens/type-code";
import { empty, findAccount, justPaired, openPrompt, outcome, started, storageBroken } from "./state";

export function App() {
  return (
    <div class="authenticator">
      <Screen />
    </div>
  );
}

function Screen() {
  const open = openPrompt.value;
  if (open) return <PromptScreen key={open.prompt.id} open={open} />;
  if (outcome.value) return <OutcomeScreen outcome={outcome.value} />;
  if (storageBroken.value) return <StorageBroken />;
  if (!started.value) return <Skeleton rows={2} />;
  if (pairing.value.state === "working") return <PairingScreen pairing={pairing.value} />;
  const now = route.value;
  // A link with a code that was opened just now comes before what was on the screen.
  if (now.screen === "confirm") return <Confirm code={now.code} />;
  if (pairing.value.state === "failed") return <PairingScreen pairing={pairing.value} />;
  const paired = justPaired.value;
  if (paired && isLive(findAccount(paired.account.authenticatorId))) return <Paired paired={paired} />;
  switch (now.screen) {
    case "scan":
      return <Scan />;
    case "type":
      return <TypeCode />;
    case "settings":
      return <SettingsScreen />;
    case "account":
      return <AccountScreen id={now.id} />;
    case "move":
      return (
        <Later
          of="move"
          load={() => import("./screens/move")}
          draw={({ Move }) => <Move key={now.id} id={now.id} />}
        />
      );
    case "add-code":
      return (
        <Later
          of="add-code"
          load={() => import("./screens/code-set-up")}
          draw={({ AddCode }) => <AddCode />}
        />
      );
    case "code":
      return (
        <Later
          of="code"
          load={() => import("./screens/code-set-up")}
          draw={({ CodeDetails }) => <CodeDetails key={now.id} id={now.id} />}
        />
      );
    case "add":
      return <Pair />;
    case "home":
      return empty.value ? <Pair /> : <Home />;
  }
}
