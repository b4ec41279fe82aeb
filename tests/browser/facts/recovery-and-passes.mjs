// Recovery codes and the temporary access pass: kept, used, renewed, removed; issued by one person, used by another, ended.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import {
  acceptInvitation,
  act,
  addCodeApp,
  arrives,
  enterPassword,
  fill,
  firstAdministrator,
  follow,
  pairByTyping,
  passTest,
  press,
  reads,
  signOut,
  visit,
} from "../support/acts.mjs";
import { look } from "../support/look.mjs";
import { story } from "../support/story.mjs";

const CODE = /^[A-HJK](-[2-9A-HJ-NP-Z]{4}){4}$/;

story("recovery codes and passes", (scene, fact) => {
  let ada;
  let codes;
  let grace;
  let pass;

  const shown = async (page) => {
    await arrives(page, "Save your recovery codes");
    const items = page.getByRole("list", { name: "Your recovery codes" }).getByRole("listitem");
    await items.first().waitFor();
    return items.allTextContents();
  };
  const confirm = async (page, code) => {
    await fill(page, "One of your codes", code);
    await press(page, "Confirm");
  };
  /** As far as the second step, and there another way. */
  const byCode = async (page, code) => {
    await page.goto(`${ada.origin}/sign-in`);
    await enterPassword(page, "ada");
    await page.getByText("I can’t use that right now").click();
    await press(page, /Use Recovery codes/);
    await arrives(page, "Enter a recovery code");
    await fill(page, "Recovery code", code);
    await press(page, "Continue");
  };

  fact("codes_are_saved_as_a_file_and_one_of_them_is_typed", async () => {
    ada = await firstAdministrator(scene);
    const { page } = ada;
    await follow(page, "Add a method");
    await follow(page, /^Recovery codes/);
    codes = await shown(page);
    assert.equal(codes.length, 10);
    for (const code of codes) assert.match(code, CODE);
    await look(page, "recovery-codes");
    const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Download")]);
    const file = await readFile(await download.path(), "utf8");
    for (const code of codes) assert.ok(file.includes(code));
    assert.match(file, /User name: ada/);
    await page.reload();
    assert.deepEqual(await shown(page), codes, "a reload shows the same ones");
    await page.emulateMedia({ media: "print" });
    await page.getByRole("button", { name: "Confirm" }).waitFor({ state: "hidden" });
    for (const code of codes) await page.getByText(code).waitFor();
    await look(page, "recovery-codes-printed");
    await page.emulateMedia({ media: null });
    await confirm(page, "A-2222-2222-2222-2222");
    await reads(page, "That is not one of the codes above");
    await look(page, "recovery-codes-wrong");
    await confirm(page, codes[4].toLowerCase());
    await arrives(page, "Your recovery codes are ready");
    await follow(page, "Go to Security info");
    await reads(page, "10 of 10 left");
    await look(page, "security-recovery-codes");
  });

  fact("a_code_signs_in_once", async () => {
    const other = await scene.browsers.desktop();
    await byCode(other, codes[0].toLowerCase().replaceAll("-", " "));
    await arrives(other, "Security info");
    await reads(other, "9 of 10 left");
    await signOut(other, "Ada Lovelace");
    await byCode(other, codes[0]);
    await reads(other, "That is not one of your codes, or it was used before.");
    await look(other, "sign-in-recovery-code-wrong");
    await fill(other, "Recovery code", codes[1]);
    await press(other, "Continue");
    await arrives(other, "Security info");
    await other.context().close();
  });

  fact("the_last_codes_ask_for_new_ones", async () => {
    const other = await scene.browsers.desktop();
    for (const code of codes.slice(2, 6)) {
      await byCode(other, code);
      await arrives(other, "Security info");
      await signOut(other, "Ada Lovelace");
    }
    await byCode(other, codes[6]);
    await arrives(other, "3 recovery codes left");
    await look(other, "sign-in-few-codes");
    await follow(other, "Later");
    await arrives(other, "Security info");
    await look(other, "security-few-codes");
    await follow(other, "Make new codes");
    const fresh = await shown(other);
    assert.notDeepEqual(fresh, codes);
    await confirm(other, fresh[0]);
    await follow(other, "Go to Security info");
    await reads(other, "10 of 10 left");
    codes = fresh;
    await other.context().close();
  });

  fact("codes_are_removed_like_any_method", async () => {
    const { page } = ada;
    await page.reload();
    await act(page, "Recovery codes", "Remove");
    await press(page.getByRole("dialog"), "Remove");
    await reads(page, /Your set of recovery codes was removed/);
  });

  fact("an_administrator_issues_a_pass_and_sees_it_once", async () => {
    const { page } = ada;
    await visit(page, "People");
    await press(page, "Add a person");
    const dialog = page.getByRole("dialog");
    await fill(dialog, "Name", "Grace Hopper");
    await fill(dialog, "User name", "grace");
    await fill(dialog, "Mail address", "grace@example.org");
    await press(dialog, "Add and send link");
    await reads(page, "Grace Hopper was added.");
    const outbox = await scene.browsers.desktop();
    await outbox.goto(`${ada.origin}/outbox`);
    const link = await outbox.getByRole("listitem").first().getByRole("link").textContent();
    await outbox.context().close();
    grace = await scene.browsers.desktop();
    const phone = await scene.browsers.phone();
    await acceptInvitation(grace, link, { name: "Grace Hopper" });
    await pairByTyping(grace, phone, ada.origin);
    await passTest(grace, phone);
    await follow(grace, "Go to Security info");
    await signOut(grace, "Grace Hopper");
    await phone.context().close();

    await follow(page, /Grace Hopper/);
    await reads(page, "No pass is issued.");
    await look(page, "person-no-pass");
    await press(page, "Issue a pass");
    await arrives(page, "Issue a pass for Grace Hopper");
    await look(page, "pass-issue");
    await press(page.getByRole("dialog"), "Issue pass");
    await arrives(page, "Give this to them");
    pass = await page.getByRole("dialog").getByText(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/).textContent();
    await look(page, "pass-issued");
    await press(page, "Done");
    await reads(page, "Can be used");
    assert.equal(await page.getByText(pass).count(), 0);
    await look(page, "person-pass");
  });

  fact("somebody_without_their_phone_gets_in_by_the_pass_and_binds_a_new_method", async () => {
    await press(grace, "Use a temporary access pass");
    await arrives(grace, "Use a temporary access pass");
    await look(grace, "sign-in-pass");
    await fill(grace, "User name", "grace");
    await fill(grace, "Pass", "2222 2222");
    await press(grace, "Sign in");
    await reads(grace, /The user name or the pass is wrong/);
    await look(grace, "sign-in-pass-wrong");
    await fill(grace, "Pass", pass.toLowerCase());
    await press(grace, "Sign in");
    await arrives(grace, "Security info");
    const app = await addCodeApp(grace, scene.service);
    await act(grace, "Chrome on Android", "Remove");
    await press(grace.getByRole("dialog"), "Remove");
    await reads(grace, /Chrome on Android was removed/);
    const other = await scene.browsers.desktop();
    await other.goto(`${ada.origin}/sign-in`);
    await enterPassword(other, "grace");
    await fill(other, "6-digit code", await app.code());
    await press(other, "Continue");
    await arrives(other, "Security info");
  });

  fact("what_the_pass_opened_ends_with_it", async () => {
    const { page } = ada;
    await page.reload();
    await reads(page, /What it opened goes on until/);
    await press(page, "Revoke the pass");
    await arrives(page, "Revoke the pass of Grace Hopper?");
    await look(page, "pass-revoke");
    await press(page.getByRole("dialog"), "Revoke the pass");
    await reads(page, "The pass was revoked.");
    await grace.goto(`${ada.origin}/activity`);
    await arrives(grace, "Sign in");
  });
});
