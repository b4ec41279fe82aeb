// Moving to a new phone: the code on the old one, the number on the new one, the old one's word, and a sign-in with the new one.
import {
  answerNumber,
  approve,
  arrives,
  enterPassword,
  fill,
  firstAdministrator,
  numberOn,
  press,
  putAway,
  reads,
  signOut,
} from "../support/acts.mjs";
import { screenLock } from "../support/lock.mjs";
import { look } from "../support/look.mjs";
import { story } from "../support/story.mjs";

const CODE = /[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}/;

story("moving to a new phone", (scene, fact) => {
  let ada;
  let newPhone;

  fact("the_old_phone_shows_a_code_for_the_new_one", async () => {
    ada = await firstAdministrator(scene);
    await screenLock(ada.phone);
    await press(ada.phone, /ada/);
    await press(ada.phone, "Move to a new phone");
    await reads(ada.phone, CODE);
    await look(ada.phone, "moving-code", { only: true });
  });

  fact("the_new_phone_types_the_number_that_the_old_one_shows", async () => {
    const { phone, origin } = ada;
    const [code] = CODE.exec(await phone.getByText(CODE).first().textContent());
    newPhone = await scene.browsers.phone();
    await newPhone.goto(`${origin}/authenticator`);
    await press(newPhone, "Type the code instead");
    await fill(newPhone, "Pairing code", code);
    await press(newPhone, "Pair this phone");
    await arrives(newPhone, "Test of this phone");
    await arrives(phone, "Type this number on the new phone");
    await look(phone, "moving-number", { only: true });
    await approve(newPhone, await numberOn(phone), "This phone is ready");
    await arrives(phone, "Is this your new phone?");
    await look(phone, "moving-confirm", { only: true });
  });

  fact("the_old_phone_unlocks_signs_and_is_gone", async () => {
    const { phone } = ada;
    await press(phone, "Unlock and move");
    await arrives(phone, "Moved");
    await look(phone, "moving-done", { only: true });
    await press(phone, "Forget on this phone");
    await phone
      .getByRole("heading", { name: "Moved" })
      .waitFor({ state: "hidden" });
    await putAway(newPhone);
    const later = newPhone.getByRole("button", { name: "Not now" });
    await newPhone
      .getByRole("heading", {
        name: /^(Be told at once|No request is waiting)$/,
      })
      .waitFor();
    if (await later.isVisible()) await later.click();
  });

  fact("the_new_phone_signs_in", async () => {
    // What the old phone had opened ended with it.
    const page = await scene.browsers.desktop();
    await page.goto(`${ada.origin}/sign-in`);
    await enterPassword(page, "ada");
    await answerNumber(page, newPhone);
    await arrives(page, "Security info");
    await signOut(page, ada.name);
  });
});
