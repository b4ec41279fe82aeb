// Phone numbers: added with a code that went to them, used to sign in by text and by call, and removed.
import assert from "node:assert/strict";
import {
  act,
  arrives,
  enterPassword,
  fill,
  firstAdministrator,
  follow,
  press,
  reads,
  visit,
} from "../support/acts.mjs";
import { look } from "../support/look.mjs";
import { timeStands } from "../support/service.mjs";
import { story } from "../support/story.mjs";

const NUMBERS = {
  sms: { typed: "912 345 642", masked: "+351 ··· ··42" },
  voice: { typed: "212 345 678", masked: "+351 ··· ··78" },
};

/** Lets everybody use texts and calls, to Portugal and Germany. */
async function givePhoneNumbers(page) {
  await visit(page, "Sign-in methods");
  for (const name of ["Text message", "Phone call"]) {
    const method = page.getByRole("region", { name });
    assert.ok(await method.getByLabel("Nobody (off)").isChecked(), "until the organization says otherwise");
    await method.getByLabel("Everybody").check();
    await fill(method, "Countries", "de, QQ");
  }
  await press(page, "Save policy");
  await reads(page, /QQ has no phone numbers of its own/);
  await look(page, "policy-numbers-invalid");
  for (const name of ["Text message", "Phone call"])
    await fill(page.getByRole("region", { name }), "Countries", "de, PT");
  await press(page, "Save policy");
  await reads(page, "The policy was saved as version 1.");
  await visit(page, "Security info");
}

story(
  "phone numbers",
  (scene, fact) => {
    let ada;

    /** The last message to a number, as it would have gone out. */
    async function message(kind) {
      const sent = await (await fetch(`${scene.service.origin}/outbox.json`)).json();
      return sent.find((one) => one.kind === kind)?.text ?? "";
    }
    const codeIn = (text) => /\b\d{6}\b/.exec(text.replaceAll(", ", ""))[0];

    async function add(kind, choice, title) {
      const { page } = ada;
      await follow(page, "Add a method");
      await follow(page, choice);
      await arrives(page, title);
      await page.getByLabel("Country or region").selectOption({ label: "Portugal (+351)" });
      await reads(page, "Without +351. Spaces and dashes do not matter.");
      await look(page, `add-${kind}-number`);
      await fill(page, "Phone number", "12");
      await press(page, "Continue");
      await reads(page, "No code can be sent to this number");
      await fill(page, "Phone number", NUMBERS[kind].typed);
      await press(page, "Continue");
    }

    fact("a_number_is_added_with_the_code_that_went_to_it", async () => {
      ada = await firstAdministrator(scene);
      const { page } = ada;
      await givePhoneNumbers(page);
      await add("sms", /^Text message/, "Add a mobile number");
      await arrives(page, "Check your messages");
      await reads(page, NUMBERS.sms.masked);
      await look(page, "add-sms-code");
      const text = await message("sms");
      assert.match(text, /\n@localhost #\d{6}$/);
      await fill(page, "6-digit code", "000000");
      await press(page, "Confirm this number");
      await reads(page, /not right/);
      await fill(page, "6-digit code", codeIn(text));
      await press(page, "Confirm this number");
      await arrives(page, "Text message is ready");
      await follow(page, "Go to Security info");
      await reads(page, NUMBERS.sms.masked);
    });

    fact("a_landline_is_added_with_the_code_that_a_call_says", async () => {
      const { page } = ada;
      await add("voice", /^Phone call/, "Add a phone number");
      await arrives(page, "Answer your phone");
      await fill(page, "6-digit code", codeIn(await message("voice")));
      await press(page, "Confirm this number");
      await arrives(page, "Phone call is ready");
      await follow(page, "Go to Security info");
      await look(page, "security-numbers");
    });

    for (const [kind, way, title] of [
      ["sms", "Text a code to", "Check your messages"],
      ["voice", "Call me on", "Answer your phone"],
    ]) {
      fact(
        `${kind}_signs_in`,
        async () => {
          await scene.service.pass({ seconds: 31 }); // the code that confirmed the number has just gone out
          const other = await scene.browsers.phone();
          await other.goto(`${ada.origin}/sign-in`);
          await enterPassword(other, "ada");
          await arrives(other, "Check your phone");
          await other.getByText("I can’t use that right now").click();
          await look(other, `sign-in-ways-${kind}`);
          await press(other, new RegExp(`^${way}`));
          await arrives(other, title);
          await reads(other, /You can ask for a new code in/);
          await look(other, `sign-in-${kind}`);
          await fill(other, "6-digit code", codeIn(await message(kind)));
          await press(other, "Continue");
          await arrives(other, "Security info");
        },
        { needs: timeStands },
      );
    }

    fact("a_number_is_removed", async () => {
      const { page } = ada;
      await page.reload();
      for (const name of ["Text message", "Phone call"]) {
        await act(page, name, "Remove");
        await arrives(page, `Remove ${name}?`);
        await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
        await reads(page, new RegExp(`${name} was removed`));
      }
    });
  },
  { clock: true },
);
