// Sessions: where one is signed in, ending one of them, and all of them.
import assert from "node:assert/strict";
import { arrives, firstAdministrator, press, reads, signIn, visit } from "../support/acts.mjs";
import { look } from "../support/look.mjs";
import { story } from "../support/story.mjs";

const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

story("sessions", (scene, fact) => {
  let ada;
  let firefox;
  let iphone;
  const rows = () => ada.page.getByRole("main").getByRole("listitem");

  /** What somebody does next lands on sign-in. */
  const isSignedOut = async (page) => {
    await page
      .getByRole("link", { name: /activity/i })
      .first()
      .click({ noWaitAfter: true });
    await arrives(page, "Sign in");
  };

  fact("every_browser_is_listed_this_one_first", async () => {
    ada = await firstAdministrator(scene);
    firefox = await scene.browsers.desktop({ userAgent: FIREFOX });
    await signIn(firefox, ada.phone, ada);
    iphone = await scene.browsers.phone({ userAgent: IPHONE });
    await signIn(iphone, ada.phone, ada);
    await visit(ada.page, "Sessions");
    await rows().nth(2).waitFor();
    assert.equal(await rows().count(), 3);
    await rows().first().getByText("This device").waitFor();
    await reads(ada.page, "Firefox on Windows");
    await reads(ada.page, /Safari on (iOS|iPhone)/);
    await look(ada.page, "sessions");
  });

  fact("one_is_ended_and_its_next_step_is_refused", async () => {
    const { page } = ada;
    await press(page, "Sign out Firefox on Windows");
    await arrives(page, "Sign out Firefox on Windows?");
    await look(page, "sessions-end");
    await press(page.getByRole("dialog"), "Sign out");
    await reads(page, "Firefox on Windows was signed out.");
    await rows().filter({ hasText: "Firefox" }).waitFor({ state: "detached" });
    await isSignedOut(firefox);
    await iphone.reload();
    await arrives(iphone, "Security info");
  });

  fact("signing_out_everywhere_may_keep_this_device", async () => {
    const { page } = ada;
    await press(page, "Sign out everywhere");
    await arrives(page, "Sign out everywhere?");
    await look(page, "sessions-everywhere");
    assert.equal(await page.getByLabel("Keep this device signed in").isChecked(), true);
    await press(page.getByRole("dialog"), "Sign out everywhere");
    await reads(page, "1 session ended.");
    await isSignedOut(iphone);
    await page.reload();
    await arrives(page, "Sessions");
  });

  fact("signing_out_everywhere_means_here_too", async () => {
    const { page } = ada;
    await signIn(firefox, ada.phone, ada);
    await press(page, "Sign out everywhere");
    await page.getByLabel("Keep this device signed in").uncheck();
    await press(page.getByRole("dialog"), "Sign out everywhere");
    await arrives(page, "Sign in");
    await isSignedOut(firefox);
  });

  fact("the_browser_that_starts_it_may_be_a_phone", async () => {
    await signIn(iphone, ada.phone, ada);
    await iphone.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Sessions" }).click();
    await reads(iphone, "This device");
    await press(iphone, /Ada Lovelace/);
    await look(iphone, "account-menu", { only: true });
    await press(iphone, "Sign out");
    await arrives(iphone, "Sign in");
  });
});
