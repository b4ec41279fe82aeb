// From the link in the terminal to an account with two phones: the password, the camera, the typed code.
import assert from "node:assert/strict";
import {
  approve,
  arrives,
  fill,
  follow,
  numberOn,
  offersPairing,
  otherThan,
  PASSWORD,
  passTest,
  press,
  putAway,
  reads,
  visit,
} from "../support/acts.mjs";
import { qrOn } from "../support/camera.mjs";
import { look } from "../support/look.mjs";
import { Simulator } from "../support/simulator.mjs";
import { story } from "../support/story.mjs";

story("setting up", (scene, fact) => {
  let page;
  let phone;
  let code;

  fact("a_weak_password_is_refused_with_its_reason", async () => {
    const { browsers, service } = scene;
    page = await browsers.desktop();
    await page.goto(service.firstAdministratorLink);
    await arrives(page, "Set up Example");
    assert.equal(new URL(page.url()).hash, "", "the token does not stay in the address");
    await look(page, "welcome");
    await fill(page, "Your name", "Ada Lovelace");
    await fill(page, "User name", "ada");
    for (const [weak, why] of [
      ["tulip", /at least 8 characters/i],
      ["password1234", /often used|easy to guess/i],
    ]) {
      await fill(page, "Choose a password", weak);
      await page.getByText(/^Strength: (Very weak|Weak)$/).waitFor();
      await page.getByText(why).first().waitFor();
      await press(page, "Create account");
      await page.locator("[aria-invalid=true]").waitFor();
      await arrives(page, "Set up Example");
    }
    await look(page, "welcome-weak-password");
  });

  fact("a_good_password_leads_to_the_second_step_and_nowhere_else", async () => {
    await fill(page, "Choose a password", PASSWORD);
    await page.getByText(/^Strength: (Strong|Very strong)$/).waitFor();
    await press(page, "Create account");
    await arrives(page, "One last step");
    await look(page, "second-step");
    for (const elsewhere of ["/", "/activity", "/people"]) {
      await page.goto(scene.service.origin + elsewhere);
      await page.waitForURL("**/add-method");
      await arrives(page, "One last step");
    }
  });

  fact("the_link_is_good_once", async () => {
    const other = await scene.browsers.desktop();
    await other.goto(scene.service.firstAdministratorLink);
    await arrives(other, "This link no longer works");
    await look(other, "welcome-used-link");
    await other.context().close();
    const cut = await scene.browsers.desktop();
    await cut.goto(`${scene.service.origin}/welcome`);
    await reads(cut, "This address is missing its invitation");
    await cut.context().close();
  });

  fact("a_phone_reads_the_code_with_its_camera", async () => {
    code = await offersPairing(page);
    await look(page, "pairing");
    assert.equal(await qrOn(page), `${scene.service.origin}/authenticator#pair=${code.replace("-", "")}`);
    const looking = await scene.browsers.phone({ permissions: ["camera"] });
    await looking.goto(`${scene.service.origin}/authenticator#/scan`);
    await arrives(looking, "Scan the code");
    await looking.getByText("Starting the camera…").waitFor({ state: "hidden" });
    await look(looking, "authenticator-scan", { only: true });
    await looking.context().close();
    phone = await scene.browsers.phoneThatSees(page);
    await phone.goto(`${scene.service.origin}/authenticator`);
    await arrives(phone, "Make this phone your second key");
    await look(phone, "authenticator-first");
    await press(phone, "Scan the code");
    await arrives(phone, "Test of this phone");
    await arrives(page, "Now try it");
    await look(phone, "request-test");
    await look(page, "pairing-test");
  });

  fact("a_wrong_number_does_not_make_it_count", async () => {
    await approve(phone, otherThan(await numberOn(page)), "That was another number");
    await reads(page, "A different number was entered");
    await look(page, "pairing-test-wrong-number");
    await putAway(phone);
    await press(page, "Show a new number");
    await arrives(phone, "Test of this phone");
  });

  fact("the_typed_number_makes_the_phone_count", async () => {
    const approves = phone.getByRole("button", { name: "Approve" });
    await phone.getByLabel(/digits on/).fill("1");
    assert.equal(await approves.isEnabled(), false, "one digit is not a number");
    await approve(phone, await numberOn(page), "This phone is ready");
    await look(phone, "request-test-approved");
    await arrives(page, "Chrome on Android is ready");
    await look(page, "pairing-ready");
    await follow(page, "Go to Security info");
    await arrives(page, "Security info");
    await reads(page, "If you lose your phone today");
    await look(page, "security-one-method");
  });

  fact("notifications_are_offered_after_the_phone_works_without_them", async () => {
    await putAway(phone);
    await arrives(phone, "Be told at once");
    await look(phone, "authenticator-notifications", { only: true });
    await press(phone, "Not now");
    await arrives(phone, "No request is waiting");
    await phone
      .getByText("Ready")
      .or(phone.getByText("Being confirmed"))
      .first()
      .waitFor({ state: "hidden" });
    await look(phone, "authenticator-home");
  });

  fact("without_a_camera_the_code_is_typed", async () => {
    await follow(page, "Add a method");
    code = await offersPairing(page);
    const second = await scene.browsers.phone();
    await second.goto(`${scene.service.origin}/authenticator`);
    await press(second, "Scan the code");
    await arrives(second, "The camera may not be used");
    await look(second, "camera-denied", { only: true });
    await press(second, "Type the code instead");
    await fill(second, "Pairing code", "K0O1I");
    await reads(second, /Pairing codes never contain/);
    await look(second, "type-code", { only: true });
    await fill(second, "Pairing code", code.slice(0, 7));
    await press(second, "Pair this phone");
    await reads(second, "6 of 10 characters");
    await fill(second, "Pairing code", code.toLowerCase().replace("-", " "));
    await press(second, "Pair this phone");
    await arrives(second, "Test of this phone");
    await passTest(page, second);
    await follow(page, "Go to Security info");
    await reads(page, "If you lose your phone today");
  });

  fact("a_used_code_pairs_nobody_else", async () => {
    const third = await scene.browsers.phone();
    await third.goto(`${scene.service.origin}/authenticator#pair=${code.replace("-", "")}`);
    await arrives(third, "Pair this phone?");
    await look(third, "authenticator-link", { only: true });
    await press(third, "Yes, pair this phone");
    await arrives(third, "Pairing did not work");
    await reads(third, "That code is not good any more");
    await look(third, "authenticator-used-code", { only: true });
    await third.context().close();
  });

  fact("a_phone_on_the_command_line_pairs_and_answers_too", async () => {
    const simulator = await Simulator.start();
    scene.atTheEnd(() => simulator.remove());
    await follow(page, "Add a method");
    code = await offersPairing(page);
    const origin = ["--origin", scene.service.origin];
    await simulator.do("pair", code, ...origin, "--model", "Phone of the command line");
    await arrives(page, "Now try it");
    assert.match(await simulator.do("list"), /ada/);
    await simulator.do("approve", await numberOn(page));
    await arrives(page, "Phone of the command line is ready");
    await follow(page, "Go to Security info");
  });

  fact("the_camera_tells_the_code_of_a_code_app_from_a_pairing_code", async () => {
    await follow(page, "Add a method");
    await follow(page, /^Code generator app/);
    await arrives(page, "Set up a code app");
    const third = await scene.browsers.phoneThatSees(page);
    await third.goto(`${scene.service.origin}/authenticator`);
    await press(third, "Scan the code");
    await arrives(third, "Add codes");
    await look(third, "camera-code-app", { only: true });
    await third.context().close();
    await visit(page, "Security info");
  });
});
