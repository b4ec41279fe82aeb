// Signing in without a password: the screen lock in the authenticator, the number, and what somebody else is shown.
import assert from "node:assert/strict";
import {
  approve,
  arrives,
  fill,
  firstAdministrator,
  numberOn,
  press,
  putAway,
  reads,
  signIn,
  signOut,
} from "../support/acts.mjs";
import { screenLock } from "../support/lock.mjs";
import { look } from "../support/look.mjs";
import { story } from "../support/story.mjs";

const WITHOUT = "Sign in with my phone, no password";

story("signing in without a password", (scene, fact) => {
  let ada;
  let lock;

  fact("a_browser_that_knows_the_person_is_told_that_the_phone_cannot_yet", async () => {
    ada = await firstAdministrator(scene);
    await signOut(ada.page, ada.name);
    await signIn(ada.page, ada.phone, ada);
    await signOut(ada.page, ada.name);
    await press(ada.page, WITHOUT);
    await reads(ada.page, "Enter your user name first.");
    await fill(ada.page, "User name", "ada");
    await press(ada.page, WITHOUT);
    await reads(ada.page, "Not without your password");
    await look(ada.page, "without-password-not-yet");
  });

  fact("the_screen_lock_is_turned_on_in_the_settings_of_the_app", async () => {
    const { phone } = ada;
    lock = await screenLock(phone);
    await press(phone, "Settings");
    await arrives(phone, "Screen lock");
    await press(phone, "Turn on");
    await reads(phone, "The screen lock is on.");
    await look(phone, "authenticator-screen-lock", { only: true });
    await press(phone, "Back");
  });

  fact("a_user_name_and_the_number_on_the_unlocked_phone_are_enough", async () => {
    const { page, phone } = ada;
    await page.reload();
    await fill(page, "User name", "ada");
    await press(page, WITHOUT);
    await arrives(page, "Check your phone");
    await look(page, "without-password-number");
    await arrives(phone, "Is this you signing in without a password?");
    await look(phone, "without-password-request", { only: true });
    await approve(phone, await numberOn(page));
    await putAway(phone);
    await arrives(page, "Security info");
  });

  fact("a_phone_that_somebody_else_holds_does_not_approve", async () => {
    const { page, phone } = ada;
    await signOut(page, ada.name);
    await fill(page, "User name", "ada");
    await press(page, WITHOUT);
    await arrives(page, "Check your phone");
    await arrives(phone, "Is this you signing in without a password?");
    await lock.opens(false);
    await phone.getByLabel(/digits on/).fill(await numberOn(page));
    await press(phone, "Approve");
    await reads(phone, "Not approved yet");
    await look(phone, "without-password-locked", { only: true });
    await lock.opens(true);
    await press(phone, "Approve");
    await arrives(phone, "You approved it");
    await putAway(phone);
    await arrives(page, "Security info");
  });

  fact("a_stranger_gets_a_number_for_a_name_that_nobody_has_and_finds_the_way_back", async () => {
    const stranger = await scene.browsers.desktop();
    await stranger.goto(`${ada.origin}/sign-in`);
    await fill(stranger, "User name", "nobody");
    await press(stranger, WITHOUT);
    await arrives(stranger, "Check your phone");
    assert.match(await numberOn(stranger), /^\d\d$/);
    await reads(stranger, "Open the Countersign app on your phone");
    await look(stranger, "without-password-stranger");
    await press(stranger, "Use my password instead");
    await arrives(stranger, "Sign in");
  });
});
