// Recent activity: everything that was done is there, the newest first, and what one says about it is kept.
import assert from "node:assert/strict";
import {
  act,
  arrives,
  ask,
  enterPassword,
  fill,
  firstAdministrator,
  press,
  reads,
  signIn,
  visit,
} from "../support/acts.mjs";
import { look } from "../support/look.mjs";
import { story } from "../support/story.mjs";

story("recent activity", (scene, fact) => {
  let ada;
  let thief;
  const events = () => ada.page.getByRole("listitem").filter({ has: ada.page.locator("summary") });
  const titles = async () =>
    (await events().locator("summary").allInnerTexts()).map((text) => text.split("\n")[0].trim());

  fact("everything_that_was_done_is_listed_newest_first", async () => {
    ada = await firstAdministrator(scene);
    const { page } = ada;
    await act(page, "Chrome on Android", "Rename");
    await fill(page, "Name", "Ada’s phone");
    await press(page, "Save");
    await reads(page, "Renamed to Ada’s phone");
    thief = await scene.browsers.desktop();
    await thief.goto(`${ada.origin}/sign-in`);
    await enterPassword(thief, "ada", "a guess");
    await reads(thief, "That user name and password don’t match");
    await signIn(thief, ada.phone, ada);
    await visit(page, "Recent activity");
    assert.deepEqual((await titles()).slice(0, 5), [
      "Signed in",
      "Sign-in failed",
      "Method renamed",
      "Method added",
      "Password set",
    ]);
    await look(page, "activity");
  });

  fact("a_row_tells_what_is_known", async () => {
    const { page } = ada;
    const first = events().first();
    await first.getByText("Signed in").click();
    for (const known of [
      "The right number was typed",
      "Unknown place",
      "127.0.0.1",
      "Still open",
      "Security info",
    ]) {
      await first.getByText(known).first().waitFor();
    }
    await look(page, "activity-details");
  });

  fact("this_wasnt_me_leads_through_and_is_kept", async () => {
    const { page } = ada;
    const first = events().first();
    await press(first, "This wasn’t me");
    await reads(page, "Thank you, noted.");
    await arrives(page, "Let’s close the door");
    await look(page, "activity-not-me");
    await press(first, "End that session");
    await first.getByText("That session has ended").waitFor();
    await thief.getByRole("link", { name: "Sessions" }).click();
    await arrives(thief, "Sign in");
    await page.reload();
    const kept = events().filter({ hasText: "You said: this wasn’t me" });
    await kept.getByText("Signed in").click();
    await kept.getByText("You said: this wasn’t me").waitFor();
  });

  fact("older_rows_come_page_by_page_to_the_end", async () => {
    const { page } = ada;
    const { methods } = await page.evaluate(async () => (await fetch("/api/v1/me/methods")).json());
    const phone = methods.find(({ kind }) => kind === "authenticator");
    const path = `/api/v1/me/methods/${phone.id}`;
    const names = Array.from({ length: 25 }, (_, index) => `Phone ${index + 1}`);
    const statuses = await ask(
      page,
      names.map((name) => ({ verb: "PATCH", path, body: { name } })),
    );
    assert.deepEqual([...new Set(statuses)], [200]);
    await page.reload();
    await arrives(page, "Recent activity");
    await events().first().waitFor();
    let before = 0;
    let count = await events().count();
    while (await page.getByRole("button", { name: "Show older" }).isVisible()) {
      assert.ok(count > before, `${count} rows after ${before}`);
      before = count;
      await press(page, "Show older");
      await page.waitForFunction((rows) => document.querySelectorAll("summary").length > rows, before);
      count = await events().count();
    }
    await reads(page, "That is everything that is kept.");
    assert.ok(count >= names.length + 5, `${count} rows`);
    const times = await events()
      .locator("time")
      .evaluateAll((all) => all.map(({ dateTime }) => Date.parse(dateTime)));
    assert.deepEqual(
      times,
      times.toSorted((one, other) => other - one),
      "newest first across pages",
    );
    await look(page, "activity-all");
  });

  fact("it_wasnt_me_is_reported_and_pauses_requests", async () => {
    const { page, phone } = ada;
    await thief.goto(`${ada.origin}/sign-in`);
    await enterPassword(thief, "ada");
    await arrives(phone, "Is this you signing in?");
    await press(phone, "No, it’s not me");
    await press(phone, /It wasn’t me/);
    await arrives(phone, "Refused and reported");
    await look(phone, "request-reported");
    await arrives(thief, "This sign-in was reported");
    assert.equal(await thief.getByRole("button", { name: "Show a new number" }).count(), 0);
    await look(thief, "ended-reported");
    await press(thief, "Cancel sign-in");
    await enterPassword(thief, "ada");
    await arrives(thief, "Requests to your phone are paused");
    await look(thief, "paused-no-other-way");
    await page.reload();
    await events().first().getByText("Request not approved").click();
    await look(page, "activity-reported");
  });
});
