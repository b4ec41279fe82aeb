// Add a method: choose a kind, then go through its set-up. The last step before entering looks the same, without navigation.
import type { Me } from "../../kit/api-types";
import { Later } from "../../kit/components/later";
import { query } from "../../kit/router";
import { ChooseKind } from "./choose-kind";
import { SetUp } from "./set-up";

/** What every step of the set-up needs to know. */
export interface Surroundings {
  /** Whether this is the last step before the account may be used. */
  registering: boolean;
  displayName: string;
  userName: string;
  organization: string;
}

const KINDS = ["authenticator", "totp", "recovery_codes"];

export function AddMethod({ me }: { me: Me }) {
  const around: Surroundings = {
    registering: me.session.scope === "registration",
    displayName: me.account.display_name,
    userName: me.account.user_name,
    organization: me.organization.name,
  };
  const kind = query.value.get("kind");
  if (kind === "passkey") {
    const here = query.value.get("here") === "1";
    return (
      <Later
        of={`passkey ${here}`}
        load={() => import("./passkey")}
        draw={({ AddPasskey }) => <AddPasskey around={around} here={here} />}
      />
    );
  }
  if (kind && KINDS.includes(kind)) return <SetUp key={kind} kind={kind} around={around} />;
  if (kind === "hardware_oath") {
    return (
      <Later
        of="hardware_oath"
        load={() => import("./hardware-token")}
        draw={({ HardwareTokenSetUp }) => <HardwareTokenSetUp around={around} />}
      />
    );
  }
  if (kind === "sms" || kind === "voice") {
    return (
      <Later
        of={kind}
        load={() => import("./phone")}
        draw={({ AddPhone }) => <AddPhone kind={kind} around={around} />}
      />
    );
  }
  return <ChooseKind around={around} />;
}
