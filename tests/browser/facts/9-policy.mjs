// Policy: an administrator decides which method is for whom, meets another's change, and puts somebody into a group.
import assert from "node:assert/strict";
import { arrives, fill, firstAdministrator, follow, press, reads, visit } from "../support/acts.mjs";
import { look } from "../support/look.mjs";
import { story } from "../support/story.mjs";

story("policy", (scene, fact) => {
  let ada;

  /** A method's part of the page. */
  const method = (page, name) => page.getByRole("region", { name });

  fact("every_method_is_listed_with_for_whom_it_is", async () => {
    ada = await firstAdministrator(scene);
    const { page } = ada;
    await visit(page, "Sign-in methods");
    await method(page, "Authenticator").waitFor();
    await method(page, "Code generator app").waitFor();
    assert.ok(await method(page, "Code generator app").getByLabel("Everybody").isChecked());
    await look(page, "policy");
  });

  fact("a_method_is_kept_from_a_group", async () => {
    const { page } = ada;
    const totp = method(page, "Code generator app");
    await fill(totp, "Except members of", "guests");
    await press(page, "Save policy");
    await reads(page, "The policy was saved as version 1.");
    await look(page, "policy-saved");
  });

  fact("what_cannot_be_is_said_beside_its_field", async () => {
    const { page } = ada;
    const totp = method(page, "Code generator app");
    await fill(totp, "Except members of", "not/a/group");
    await press(page, "Save policy");
    await reads(page, "The policy can’t be saved like this");
    await look(page, "policy-invalid");
    await press(page, "Discard changes");
    assert.equal(await totp.getByLabel("Except members of", { exact: true }).inputValue(), "guests");
  });

  fact("nobody_locks_themselves_out", async () => {
    const { page } = ada;
    await fill(method(page, "Code generator app"), "Except members of", "");
    await method(page, "Authenticator").getByLabel("Nobody (off)").check();
    await press(page, "Save policy");
    await reads(page, "You would lock yourself out");
    await look(page, "policy-lock-out");
    await press(page, "Discard changes");
  });

  fact("anothers_change_is_shown_and_ones_own_goes_on_top", async () => {
    const { page } = ada;
    const other = await page.context().newPage();
    await other.goto(`${ada.origin}/policy`);
    await arrives(other, "Sign-in methods");
    await other.getByLabel(/Ask for the strongest method first/).check();
    await press(other, "Save policy");
    await reads(other, "The policy was saved as version 2.");
    await other.close();
    await fill(method(page, "Code generator app"), "Except members of", "guests, kiosk");
    await press(page, "Save policy");
    await reads(page, "Somebody else changed the policy");
    await reads(page, "Ask for the strongest first: off → on");
    await look(page, "policy-conflict");
    await press(page, "Put my changes on top of theirs");
    await press(page, "Save policy");
    await reads(page, "The policy was saved as version 3.");
    assert.ok(await page.getByLabel(/Ask for the strongest method first/).isChecked());
  });

  fact("a_strength_of_ones_own_is_kept_and_shown_to_members", async () => {
    const { page } = ada;
    await press(page, "Add a strength");
    await fill(page, "Name of the strength", "Desk");
    await fill(page, "Combinations, one a line", "password + pigeon\npasskey");
    await press(page, "Save policy");
    await reads(page, /Line 1: "pigeon" is not known/);
    const combinations = page.getByLabel("Combinations, one a line", { exact: true });
    assert.equal(await combinations.getAttribute("aria-invalid"), "true");
    await look(page, "policy-strength-wrong");
    await fill(page, "Combinations, one a line", "password + hardware_oath\npasskey");
    await press(page, "Save policy");
    await reads(page, "The policy was saved as version 4.");
    await look(page, "policy-strength");
    await visit(page, "Security info");
    await reads(page, /Desk: Not reached\. Missing: /);
    await look(page, "security-strengths");
  });

  fact("a_group_keeps_a_method_from_its_member_and_says_so", async () => {
    const { page } = ada;
    await visit(page, "People");
    await follow(page, /Ada Lovelace/);
    await fill(page, "Groups, separated by commas", "guests, staff");
    await press(page, "Save groups");
    await reads(page, "Ada Lovelace is now in guests, staff.");
    await look(page, "person-groups");
    await visit(page, "Security info");
    await reads(page, "This method is not for members of the group guests, and you are one.");
    await reads(page, "Rule: Methods policy: Code generator app");
    await reads(page, "If you lose your phone today");
    await look(page, "security-not-offered");
  });
});
