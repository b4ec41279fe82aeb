// Attested keys: an administrator trusts a maker's root, and a security key of theirs opens sessions of the third level.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { arrives, fill, firstAdministrator, follow, press, reads, signOut, visit } from "../support/acts.mjs";
import { look } from "../support/look.mjs";
import { authenticator } from "../support/passkeys.mjs";
import { timeStands } from "../support/service.mjs";
import { story } from "../support/story.mjs";

const file = (path) => readFileSync(new URL(path, import.meta.url), "utf8").trim();
/** The root that Chromium's own keys lead to: the public key that is in it, in a certificate that may sign others. */
const OURS = file("../support/roots/chromium.pem");
const ANOTHERS = file("../support/roots/another.pem");
const ROOTS = "Trusted roots, as PEM, one after the other";

story(
  "attested keys",
  (scene, fact) => {
    let ada;
    let key;

    const passkeys = (page) => page.getByRole("region", { name: "Passkey" });

    /** What this browser's session is, as the service says it. */
    const level = (page) =>
      page.evaluate(async () => {
        const { session } = await (await fetch("/api/v1/me")).json();
        return `${session.aal} ${session.level}`;
      });

    async function adds(page) {
      await follow(page, "Add a method");
      await follow(page, /^Passkey or security key/);
      await press(page, "Create a passkey");
    }

    fact("what_is_no_root_is_told_beside_its_field", async () => {
      ada = await firstAdministrator(scene);
      const { page } = ada;
      await visit(page, "Sign-in methods");
      await passkeys(page).getByLabel("Required, signed by a maker that is trusted").check();
      const cut = OURS.split("\n").toSpliced(3, 2).join("\n");
      await fill(passkeys(page), ROOTS, `${OURS}\n${cut}`);
      await press(page, "Save policy");
      await reads(page, /Certificate 2: This is not one certificate in PEM/);
      await look(page, "policy-root-wrong");
    });

    fact("a_key_of_another_maker_is_refused_in_words", async () => {
      const { page } = ada;
      await fill(passkeys(page), ROOTS, ANOTHERS);
      await press(page, "Save policy");
      await reads(page, "The policy was saved as version 1.");
      await visit(page, "Security info");
      key = await authenticator(page, { transport: "usb" });
      await adds(page);
      await reads(page, "This kind of passkey is not allowed");
      await look(page, "add-passkey-of-another-maker");
      assert.equal(await level(page), "2 multi_factor");
    });

    fact("one_of_a_trusted_maker_opens_a_session_of_the_third_level", async () => {
      const { page } = ada;
      await visit(page, "Sign-in methods");
      await fill(passkeys(page), ROOTS, `${ANOTHERS}\n${OURS}`);
      await press(page, "Save policy");
      await reads(page, "The policy was saved as version 2.");
      await visit(page, "Security info");
      await adds(page);
      await arrives(page, / is ready$/);
      await follow(page, "Go to Security info");
      await signOut(page, ada.name);
      await press(page, "Sign in with a passkey");
      await arrives(page, "Security info");
      assert.equal(await level(page), "3 device_bound");
    });

    fact(
      "which_ends_after_a_quarter_of_an_hour_without_a_request",
      async () => {
        const { page } = ada;
        await scene.service.pass({ minutes: 14 });
        assert.equal(await level(page), "3 device_bound");
        await scene.service.pass({ minutes: 15 });
        await page.reload();
        await arrives(page, "Sign in");
        await key.unplug();
      },
      { needs: timeStands },
    );
  },
  { clock: true },
);
