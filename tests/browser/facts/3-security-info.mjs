// Security info: what can be done with a method, what ends with it, and what is asked for again first.
import assert from "node:assert/strict";
import {
  act,
  addCodeApp,
  answerNumber,
  approve,
  arrives,
  enterPassword,
  fill,
  firstAdministrator,
  follow,
  numberOn,
  PASSWORD,
  press,
  putAway,
  reads,
  visit,
} from "../support/acts.mjs";
import { look } from "../support/look.mjs";
import { timeStands } from "../support/service.mjs";
import { story } from "../support/story.mjs";

const PHONE = "Chrome on Android";

story(
  "security info",
  (scene, fact) => {
    let ada;
    let codes;
    let other;

    const row = (name) =>
      ada.page.getByRole("listitem").filter({ has: ada.page.getByRole("heading", { name, exact: true }) });

    fact("the_last_method_stays_and_says_why", async () => {
      ada = await firstAdministrator(scene);
      const { page } = ada;
      await press(page, `Actions for ${PHONE}`);
      await look(page, "security-actions");
      await press(page, "Remove");
      await arrives(page, `${PHONE} can’t be removed yet`);
      await reads(page, "Add another method first");
      await look(page, "remove-refused");
      await press(page, "Cancel");
      assert.equal(await page.getByRole("dialog").count(), 0);
    });

    fact("the_phone_is_told_the_same_when_it_wants_to_leave", async () => {
      const { phone } = ada;
      await press(phone, /^ada/);
      await arrives(phone, "Ada Lovelace");
      await look(phone, "authenticator-account");
      await press(phone, "Remove this account");
      await arrives(phone, "Remove ada?");
      await look(phone, "authenticator-remove");
      await press(phone, "Remove");
      await arrives(phone, "It cannot be removed now");
      await look(phone, "authenticator-remove-refused");
      await press(phone, "Keep it");
      await press(phone, "Back");
      await arrives(phone, "No request is waiting");
    });

    fact("the_phone_can_be_given_a_name_for_the_next_account", async () => {
      const { phone } = ada;
      await press(phone, "Settings");
      await arrives(phone, "Settings");
      await fill(phone, "Name of this phone", "Ada’s small phone");
      await press(phone, "Save the name");
      await reads(phone, "Saved");
      await look(phone, "authenticator-settings");
      await press(phone, "Back");
      await press(phone, "Add an account");
      await reads(phone, "This phone will be listed as “Ada’s small phone”.");
      await look(phone, "authenticator-add");
      await press(phone, "Back");
    });

    fact("a_method_is_renamed_where_it_stands", async () => {
      const { page } = ada;
      await act(page, PHONE, "Rename");
      await fill(page, "Name", "Nobody’s phone");
      await look(page, "security-renaming");
      await page.keyboard.press("Escape");
      await arrives(page, PHONE);
      await act(page, PHONE, "Rename");
      await fill(page, "Name", "Ada’s phone");
      await press(page, "Save");
      await reads(page, "Renamed to Ada’s phone");
      await page.reload();
      await arrives(page, "Ada’s phone");
    });

    fact("what_is_asked_first_can_be_chosen", async () => {
      const { page } = ada;
      codes = await addCodeApp(page, scene.service);
      await reads(page, "If you lose your phone today");
      await row("Ada’s phone").getByText("Asked first").waitFor();
      await act(page, "Code generator", "Ask for this first");
      await reads(page, "Code generator is asked first from now on");
      await row("Code generator").getByText("Asked first").waitFor();
      assert.equal(await row("Ada’s phone").getByText("Asked first").count(), 0);
      await look(page, "security-two-methods");
      other = await scene.browsers.desktop();
      await other.goto(`${ada.origin}/sign-in`);
      await enterPassword(other, "ada");
      await arrives(other, "Enter your code");
      await fill(other, "6-digit code", await codes.code());
      await press(other, "Continue");
      await arrives(other, "Security info");
    });

    fact("a_removal_says_what_ends_with_it_and_ends_it_at_once", async () => {
      const { page } = ada;
      await act(page, "Code generator", "Remove");
      await arrives(page, "Remove Code generator?");
      await reads(page, "1 session that was opened with it ends.");
      await reads(page, "Ada’s phone will be asked first instead.");
      await look(page, "remove");
      await press(page.getByRole("dialog"), "Remove");
      await reads(page, "Code generator was removed and 1 session ended.");
      await row("Ada’s phone").getByText("Asked first").waitFor();
      await other.getByRole("link", { name: "Recent activity" }).click();
      await arrives(other, "Sign in");
      await page.reload();
      await arrives(page, "Security info");
      assert.equal(await row("Code generator").count(), 0);
    });

    fact(
      "a_change_after_five_minutes_asks_again_and_comes_back",
      async () => {
        const { page, phone } = ada;
        await scene.service.pass({ minutes: 5, seconds: 1 });
        await follow(page, "Add a method");
        await follow(page, /^Code generator app/);
        await arrives(page, "Confirm it’s you");
        await look(page, "reauthenticate");
        await fill(page, "Password", "not this one");
        await press(page, "Confirm");
        await page.getByRole("alert").waitFor();
        await look(page, "reauthenticate-refused");
        await fill(page, "Password", PASSWORD);
        await press(page, "Confirm");
        await arrives(page, "Check your phone");
        await arrives(phone, "Is this you confirming a change?");
        await look(phone, "request-reauthenticate");
        await approve(phone, await numberOn(page), "You confirmed it");
        await putAway(phone);
        await arrives(page, "Set up a code app");
      },
      { needs: timeStands },
    );

    fact(
      "a_removal_after_five_minutes_comes_back_to_its_question",
      async () => {
        const { page, phone } = ada;
        await visit(page, "Security info");
        await addCodeApp(page, scene.service);
        await scene.service.pass({ minutes: 5, seconds: 1 });
        await act(page, "Code generator", "Remove");
        await press(page.getByRole("dialog"), "Remove");
        await arrives(page, "Confirm it’s you");
        await fill(page, "Password", PASSWORD);
        await press(page, "Confirm");
        await answerNumber(page, phone, "Is this you confirming a change?");
        await arrives(page, "Remove Code generator?");
        await press(page.getByRole("dialog"), "Remove");
        await reads(page, "Code generator was removed");
      },
      { needs: timeStands },
    );

    fact("a_removed_phone_learns_of_it_and_forgets_the_account", async () => {
      const { page, phone } = ada;
      await addCodeApp(page, scene.service);
      await act(page, "Ada’s phone", "Remove");
      await reads(page, "This one is among them: you will be signed out here.");
      await look(page, "remove-own-session");
      await press(page.getByRole("dialog"), "Remove");
      await arrives(page, "Sign in");
      await reads(phone, "Removed");
      await press(phone, /^ada/);
      await reads(phone, "This phone was removed from the account");
      await look(phone, "authenticator-removed");
      await press(phone, "Forget on this phone");
      await arrives(phone, "Make this phone your second key");
    });

    fact("an_address_without_a_page_says_so", async () => {
      const page = await scene.browsers.desktop();
      const answer = await page.goto(`${ada.origin}/nowhere`);
      assert.equal(answer.status(), 404);
      await arrives(page, "Page not found");
      await look(page, "not-found");
    });
  },
  { clock: true },
);
