// People: an administrator adds somebody, who sets up alone; only administrators can; an account is closed and opened.
import assert from "node:assert/strict";
import {
  acceptInvitation,
  approve,
  arrives,
  enterPassword,
  fill,
  firstAdministrator,
  follow,
  numberOn,
  pairByTyping,
  passTest,
  press,
  putAway,
  reads,
  visit,
} from "../support/acts.mjs";
import { look } from "../support/look.mjs";
import { story } from "../support/story.mjs";

story("people", (scene, fact) => {
  let ada;
  let grace;
  let seen = false;

  /** The link in the newest mail of the outbox, read as a person would. */
  const newestLink = async () => {
    const outbox = await scene.browsers.desktop();
    await outbox.goto(`${ada.origin}/outbox`);
    await arrives(outbox, "Outbox");
    const mail = outbox.getByRole("listitem").filter({ hasText: "grace@example.org" }).first();
    const link = await mail.getByRole("link").textContent();
    if (!seen) await look(outbox, "outbox");
    seen = true;
    await outbox.context().close();
    return link;
  };

  fact("an_administrator_adds_a_person", async () => {
    ada = await firstAdministrator(scene);
    const { page } = ada;
    await visit(page, "People");
    await page.getByRole("link", { name: /Ada Lovelace/ }).waitFor();
    await look(page, "people");
    await press(page, "Add a person");
    const dialog = page.getByRole("dialog");
    await look(page, "people-add");
    await fill(dialog, "Name", "Grace Hopper");
    await fill(dialog, "User name", "ada");
    await fill(dialog, "Mail address", "grace@example.org");
    await press(dialog, "Add and send link");
    await reads(dialog, /That user name is taken/);
    await look(page, "people-add-taken");
    await fill(dialog, "User name", "grace");
    await press(dialog, "Add and send link");
    await reads(page, "Grace Hopper was added. The link went to grace@example.org.");
    await look(page, "people-added");
  });

  fact("a_new_link_takes_the_place_of_the_one_before", async () => {
    const { page } = ada;
    const before = await newestLink();
    await follow(page, /Grace Hopper/);
    await arrives(page, "Grace Hopper");
    await press(page, "Send a new link");
    await reads(page, "A new link went to grace@example.org.");
    await look(page, "person-invited");
    const other = await scene.browsers.desktop();
    await other.goto(before);
    await arrives(other, "This link no longer works");
    await other.context().close();
  });

  fact("the_person_sets_up_alone_with_the_link", async () => {
    const link = await newestLink();
    grace = { page: await scene.browsers.desktop(), phone: await scene.browsers.phone() };
    await grace.page.goto(link);
    await arrives(grace.page, "Welcome, Grace Hopper");
    await look(grace.page, "welcome-invited");
    await acceptInvitation(grace.page, link, { name: "Grace Hopper" });
    await pairByTyping(grace.page, grace.phone, ada.origin);
    await passTest(grace.page, grace.phone);
    await follow(grace.page, "Go to Security info");
    await arrives(grace.page, "Security info");
  });

  fact("people_are_for_administrators_only", async () => {
    const { page } = grace;
    assert.equal(await page.getByRole("link", { name: "People" }).count(), 0);
    await page.goto(`${ada.origin}/people`);
    await arrives(page, "This page is for administrators");
    await look(page, "people-refused");
    const status = await page.evaluate(async () => (await fetch("/api/v1/people")).status);
    assert.equal(status, 403);
  });

  fact("nobody_changes_their_own_account_here", async () => {
    const { page } = ada;
    await visit(page, "People");
    await follow(page, /Ada Lovelace/);
    await reads(page, "This is you. Ask another administrator to change your own account.");
    await look(page, "person-own");
    await follow(page, "All people");
  });

  fact("ending_somebodys_sessions_signs_them_out", async () => {
    const { page } = ada;
    await visit(page, "People");
    await follow(page, /Grace Hopper/);
    await arrives(page, "Grace Hopper");
    await look(page, "person");
    await press(page, "End all sessions");
    await arrives(page, "Sign Grace Hopper out everywhere?");
    await press(page.getByRole("dialog"), "End all sessions");
    await reads(page, "1 session ended.");
    await grace.page.goto(`${ada.origin}/sessions`);
    await arrives(grace.page, "Sign in");
  });

  fact("a_disabled_account_does_not_come_in_not_even_by_a_sign_in_under_way", async () => {
    const { page } = ada;
    await enterPassword(grace.page, "grace");
    await arrives(grace.page, "Check your phone");
    await press(page, "Disable account");
    await arrives(page, "Disable Grace Hopper?");
    await look(page, "person-disable");
    await press(page.getByRole("dialog"), "Disable account");
    await reads(page, "Grace Hopper can’t sign in any more.");
    await look(page, "person-disabled");
    await approve(grace.phone, await numberOn(grace.page));
    await reads(grace.page, "This sign-in has ended");
    await putAway(grace.phone);
    await enterPassword(grace.page, "grace");
    await reads(grace.page, "That user name and password don’t match");
  });

  fact("an_enabled_account_signs_in_again", async () => {
    await press(ada.page, "Enable account");
    await reads(ada.page, "Grace Hopper can sign in again.");
    await enterPassword(grace.page, "grace");
    await arrives(grace.page, "Check your phone");
  });
});
