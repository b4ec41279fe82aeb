// The ways to begin a sign-in other than with the password; loaded after the form, one line a way.
import type { Signal } from "@preact/signals";
import { SignInByPass } from "./first/pass-link";
import { SignInByPasskey } from "./first/passkey";
import { SignInByPhone } from "./first/phone";

/** What each way is handed: the user name that was typed so far. */
export interface FirstWayProps {
  userName: Signal<string>;
}

export function FirstWays(props: FirstWayProps) {
  return (
    <div class="first-ways">
      <SignInByPasskey />
      <SignInByPhone {...props} />
      <SignInByPass />
    </div>
  );
}
