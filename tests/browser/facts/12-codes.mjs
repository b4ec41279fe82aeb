// The authenticator as a code generator: set up by typing and by scanning, used to sign in, and there without a network.
import assert from "node:assert/strict";
import {
  arrives,
  enterPassword,
  fill,
  firstAdministrator,
  follow,
  press,
  reads,
} from "../support/acts.mjs";
import { CodeApp } from "../support/code-app.mjs";
import { look } from "../support/look.mjs";
import { pause } from "../support/service.mjs";
import { story } from "../support/story.mjs";

const SPOKEN = /^Code ((?:\d ){5}\d)$/;

/** The code that the phone shows, as a screen reader says it. */
async function codeOn(phone) {
  const [, digits] = SPOKEN.exec(await phone.getByText(SPOKEN).textContent());
  return digits.replaceAll(" ", "");
}

/** In the browser: the phone's database as the first version of the app had made it, with all that is in it. */
async function asVersionOne() {
  const name = "countersign-authenticator";
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const newer = await done(indexedDB.open(name));
  const kept = {};
  for (const store of ["accounts", "keys", "settings"]) {
    const rows = newer.transaction(store).objectStore(store);
    const [keys, values] = await Promise.all([done(rows.getAllKeys()), done(rows.getAll())]);
    kept[store] = keys.map((key, n) => [key, values[n]]);
  }
  newer.close();
  await done(indexedDB.deleteDatabase(name));
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("accounts", { keyPath: "authenticatorId" });
    opening.result.createObjectStore("keys");
    opening.result.createObjectStore("settings");
  };
  const older = await done(opening);
  for (const [store, rows] of Object.entries(kept)) {
    const into = older.transaction(store, "readwrite").objectStore(store);
    for (const [key, value] of rows) await done(into.keyPath ? into.put(value) : into.put(value, key));
  }
  older.close();
}

story("codes on the phone", (scene, fact) => {
  let ada;
  let other;
  let used;

  fact("a_setup_key_is_typed_and_what_is_wrong_with_it_is_said", async () => {
    ada = await firstAdministrator(scene);
    const { page, phone } = ada;
    await follow(page, "Add a method");
    await follow(page, /^Code generator app/);
    await arrives(page, "Set up a code app");
    other = await CodeApp.scans(page, scene.service);
    await press(phone, "Add an account");
    await press(phone, "Add codes by a setup key");
    await arrives(phone, "Add codes");
    await look(phone, "code-add");
    await fill(phone, "Setup key", `${other.secret}01`);
    await press(phone, "Add");
    await reads(phone, "Setup keys never contain 0 or 1");
    await reads(phone, "Give it a name, so that you find it again.");
    await look(phone, "code-add-wrong", { only: true });
  });

  fact("codes_that_count_presses_are_refused_with_words", async () => {
    const { phone } = ada;
    await fill(phone, "Setup key", `otpauth://hotp/Example:ada?secret=${other.secret}&counter=0`);
    await arrives(phone, "These codes cannot be added");
    await reads(phone, "This code counts presses (HOTP) instead of time.");
    await look(phone, "code-refused", { only: true });
    await press(phone, "Type the setup key instead");
  });

  fact("the_phone_shows_the_code_that_the_page_asks_for", async () => {
    const { page, phone } = ada;
    await fill(phone, "Setup key", other.secret.toLowerCase().replace(/.{4}/g, "$& "));
    await fill(phone, "Site or organization", "Example Works");
    await fill(phone, "Account", "ada");
    await press(phone, "Add");
    await arrives(phone, "No request is waiting");
    used = await codeOn(phone);
    await look(phone, "codes");
    await fill(page, "6-digit code", used);
    await press(page, "Confirm");
    await arrives(page, / is ready$/);
  });

  fact("the_secret_is_kept_as_a_key_that_nobody_can_read", async () => {
    const kept = await ada.phone.evaluate(async () => {
      const done = (request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await done(indexedDB.open("countersign-authenticator"));
      const [code] = await done(database.transaction("codes").objectStore("codes").getAll());
      database.close();
      const { key, ...about } = code;
      const exported = await crypto.subtle.exportKey("raw", key).then(
        () => true,
        () => false,
      );
      return { about, extractable: key.extractable, exported };
    });
    assert.equal(kept.extractable, false);
    assert.equal(kept.exported, false);
    const fields = ["addedAt", "algorithm", "digits", "id", "issuer", "name", "period"];
    assert.deepEqual(Object.keys(kept.about).toSorted(), fields);
  });

  fact("a_code_is_copied_with_a_press", async () => {
    const { phone } = ada;
    await phone.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await press(phone, "Copy: code of Example Works, ada");
    await reads(phone, "Copied");
    assert.match(await phone.evaluate(() => navigator.clipboard.readText()), /^\d{6}$/);
  });

  fact("codes_are_there_without_a_network", async () => {
    const { phone } = ada;
    await phone.evaluate(() => navigator.serviceWorker.ready);
    scene.browsers.mayBeCutOff = true;
    await phone.context().setOffline(true);
    await phone.reload();
    await arrives(phone, "Codes");
    await reads(phone, "You are offline");
    assert.match(await codeOn(phone), /^\d{6}$/);
    await look(phone, "codes-offline");
  });

  fact("a_code_from_a_phone_without_a_network_signs_in", async () => {
    const { phone } = ada;
    const page = await scene.browsers.desktop();
    await page.goto(`${ada.origin}/sign-in`);
    await enterPassword(page, "ada");
    await arrives(page, "Check your phone");
    await page.getByText("I can’t use that right now").click();
    await press(page, /Use a code from/);
    await arrives(page, "Enter your code");
    // A code is good once: the next one is waited for, as a person would.
    while ((await codeOn(phone)) === used) await pause(500);
    await fill(page, "6-digit code", await codeOn(phone));
    await press(page, "Continue");
    await arrives(page, "Security info");
    await phone.context().setOffline(false);
    await arrives(phone, "No request is waiting");
    scene.browsers.mayBeCutOff = false;
  });

  fact("who_moves_to_a_new_phone_is_told_that_codes_stay", async () => {
    const { phone } = ada;
    await press(phone, /^ada Example/);
    await press(phone, "Move to a new phone");
    await reads(phone, "Your codes stay on this phone");
    await look(phone, "moving-with-codes", { only: true });
    await press(phone, "Cancel");
    await arrives(phone, ada.name);
    await press(phone, "Back");
    await arrives(phone, "No request is waiting");
  });

  fact("an_entry_is_renamed_and_removed", async () => {
    const { phone } = ada;
    await press(phone, "Rename or remove Example Works, ada");
    await arrives(phone, "Example Works");
    await fill(phone, "Site or organization", "Works");
    await press(phone, "Save the names");
    await reads(phone, "Saved");
    await look(phone, "code-details");
    await press(phone, "Remove these codes");
    await arrives(phone, "Remove the codes of Works?");
    await look(phone, "code-remove", { only: true });
    await press(phone, "Keep them");
    await press(phone, "Remove these codes");
    await press(phone.getByRole("dialog"), "Remove");
    await arrives(phone, "No request is waiting");
    assert.equal(await phone.getByRole("heading", { name: "Codes" }).count(), 0);
  });

  fact("a_phone_from_before_the_codes_keeps_its_account_and_takes_codes", async () => {
    const { phone } = ada;
    await phone.goto(`${ada.origin}/favicon.svg`); // of the same origin, and not the app
    await phone.evaluate(asVersionOne);
    await phone.goto(`${ada.origin}/authenticator`);
    await arrives(phone, "No request is waiting");
    await reads(phone, /^ada/);
    await press(phone, "Add an account");
    await press(phone, "Add codes by a setup key");
    await fill(phone, "Setup key", other.secret);
    await fill(phone, "Account", "ada");
    await press(phone, "Add");
    await arrives(phone, "Codes");
    assert.match(await codeOn(phone), /^\d{6}$/);
  });

  fact("a_square_code_is_scanned_on_a_phone_that_has_nothing_else", async () => {
    const { page } = ada;
    await follow(page, "Go to Security info");
    await follow(page, "Add a method");
    await follow(page, /^Code generator app/);
    await arrives(page, "Set up a code app");
    const phone = await scene.browsers.phoneThatSees(page);
    await phone.goto(`${ada.origin}/authenticator`);
    await look(phone, "code-first-screen", { only: true });
    await press(phone, "Scan the code");
    await arrives(phone, "Add codes");
    await reads(phone, "Read from the square code.");
    await look(phone, "code-scanned", { only: true });
    await press(phone, "Add");
    await arrives(phone, "Codes");
    await look(phone, "codes-only");
    await fill(page, "6-digit code", await codeOn(phone));
    await press(page, "Confirm");
    await arrives(page, / is ready$/);
    await phone.context().close();
  });
});
