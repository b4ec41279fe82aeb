// Passkeys: this device and a security key are added, sign in from the first screen, confirm, stand in as second factor, and go.
import assert from "node:assert/strict";
import { act, arrives, enterPassword, firstAdministrator, follow, press, reads, signOut } from "../support/acts.mjs";
import { look } from "../support/look.mjs";
import { authenticator } from "../support/passkeys.mjs";
import { timeStands } from "../support/service.mjs";
import { story } from "../support/story.mjs";

story(
  "passkeys",
  (scene, fact) => {
    let ada;
    let device;

    fact("this_device_is_offered_by_its_own_name_where_it_can_verify_its_owner", async () => {
      ada = await firstAdministrator(scene);
      const { page } = ada;
      device = await authenticator(page, { synced: true });
      await device.unpressed(false); // or it has answered before a button can be pressed
      await follow(page, "Add a method");
      await arrives(page, "Add a method");
      await reads(page, "This device’s screen lock");
      await look(page, "add-method-with-passkey");
      await follow(page, /^This device’s screen lock/);
      await arrives(page, "Use this device’s screen lock");
      await look(page, "add-this-device");
    });

    fact("who_is_not_recognised_is_told_so_and_tries_again", async () => {
      const { page } = ada;
      await device.recognises(false);
      await press(page, "Set up this device’s screen lock");
      await reads(page, "Nothing was confirmed");
      await look(page, "add-this-device-refused");
      await device.recognises(true);
      await press(page, "Set up this device’s screen lock");
      await arrives(page, "This device’s screen lock is ready");
      await follow(page, "Go to Security info");
      await reads(page, "Synced between your devices");
      await look(page, "security-with-passkey");
      assert.equal((await device.credentials()).length, 1);
    });

    fact("the_same_device_is_not_added_twice", async () => {
      const { page } = ada;
      await follow(page, "Add a method");
      await follow(page, /^This device’s screen lock/);
      await press(page, "Set up this device’s screen lock");
      // The account's best proof is the passkey from now on.
      await reads(page, "Use your strongest method for this");
      await page.getByText("Sign in again", { exact: true }).click();
      await arrives(page, "Confirm it’s you");
      await press(page, "Confirm with a passkey");
      await arrives(page, "Use this device’s screen lock");
      await press(page, "Set up this device’s screen lock");
      await reads(page, "You have this one already");
    });

    fact("it_signs_in_from_the_first_screen_without_a_name", async () => {
      const { page } = ada;
      await page.goto(`${ada.origin}/`);
      await signOut(page, ada.name);
      await press(page, "Sign in with a passkey");
      await arrives(page, "Security info");
    });

    fact("it_is_offered_among_the_names_that_the_browser_fills_in", async () => {
      const { page } = ada;
      await signOut(page, ada.name);
      assert.equal(
        await page.getByLabel("User name", { exact: true }).getAttribute("autocomplete"),
        "username webauthn",
      );
      await look(page, "sign-in-with-passkey");
      await device.unpressed(true);
      await page.reload();
      await arrives(page, "Security info");
      await device.unpressed(false);
    });

    fact("after_the_password_it_is_the_second_factor", async () => {
      const { page } = ada;
      await act(page, "This device’s screen lock", "Ask for this first");
      await signOut(page, ada.name);
      await enterPassword(page, "ada");
      await arrives(page, "Use your passkey");
      await look(page, "second-factor-passkey");
      await press(page, "Continue with your passkey");
      await arrives(page, "Security info");
    });

    fact(
      "it_confirms_before_a_change_and_a_security_key_is_added",
      async () => {
        const { page } = ada;
        await scene.service.pass({ minutes: 6 });
        await follow(page, "Add a method");
        await follow(page, /^Passkey or security key/);
        await arrives(page, "Add a passkey or security key");
        await look(page, "add-passkey");
        await press(page, "Create a passkey");
        await arrives(page, "Confirm it’s you");
        await look(page, "confirm-with-passkey");
        await press(page, "Confirm with a passkey");
        await arrives(page, "Add a passkey or security key");
        await device.touched(false);
        const key = await authenticator(page, { transport: "usb" });
        await press(page, "Create a passkey");
        await arrives(page, / is ready$/);
        assert.equal((await key.credentials()).length, 1);
        await follow(page, "Go to Security info");
        await reads(page, "Stays on one device");
        await look(page, "security-with-two-passkeys");
        await key.unplug();
        await device.touched(true);
      },
      { needs: timeStands },
    );

    fact("once_removed_it_signs_nobody_in_and_the_browser_forgets_it", async () => {
      const { page } = ada;
      await act(page, "This device’s screen lock", "Remove");
      await press(page, "Remove");
      await arrives(page, "Sign in"); // its own session was opened with it
      await press(page, "Sign in with a passkey");
      await reads(page, "That passkey is not known here");
      await look(page, "sign-in-unknown-passkey");
      await device.holds(0);
    });
  },
  { clock: true },
);
