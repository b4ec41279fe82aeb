// Ctrl-C and another start: everything is there again, for the browser and for the phone.
import assert from "node:assert/strict";
import { arrives, firstAdministrator, press, reads, signIn, visit } from "../support/acts.mjs";
import { look } from "../support/look.mjs";
import { story } from "../support/story.mjs";

story("stopping and starting", (scene, fact) => {
  let ada;

  fact("ctrl_c_stops_it_cleanly_and_says_what_is_kept", async () => {
    ada = await firstAdministrator(scene);
    scene.browsers.mayBeCutOff = true;
    assert.equal(await scene.service.interrupt(), 0);
    assert.match(scene.service.said, /Everything is kept for the next start/);
  });

  fact("without_the_service_both_screens_say_so", async () => {
    const { page, phone } = ada;
    await page.getByRole("link", { name: "Sessions" }).click();
    await reads(page, "No connection");
    await look(page, "no-connection");
    await press(phone, "Look now");
    await reads(phone, "You are offline");
    await look(phone, "authenticator-offline");
    await phone.reload();
    await arrives(phone, "Accounts on this phone");
  });

  fact("it_starts_again_where_it_was", async () => {
    await scene.service.begin();
    assert.equal(scene.service.firstAdministratorLink, undefined, "there is an administrator already");
    assert.match(scene.service.said, /sign in {2}/);
  });

  fact("the_browser_is_still_signed_in", async () => {
    const { page } = ada;
    await press(page, "Try again");
    await reads(page, "This device");
    await visit(page, "Recent activity");
    await reads(page, "Password set");
  });

  fact("the_phone_still_answers", async () => {
    await arrives(ada.phone, "No request is waiting");
    const page = await scene.browsers.desktop();
    await signIn(page, ada.phone, ada);
    scene.browsers.mayBeCutOff = false;
  });
});
