// Signing in: the number, everything that can become of it, a code instead, the keyboard alone.
import assert from "node:assert/strict";
import {
  answerNumber,
  approve,
  arrives,
  enterPassword,
  fill,
  firstAdministrator,
  follow,
  numberOn,
  otherThan,
  PASSWORD,
  press,
  putAway,
  reads,
  signOut,
} from "../support/acts.mjs";
import { CodeApp } from "../support/code-app.mjs";
import { tabTo, touch } from "../support/keyboard.mjs";
import { look } from "../support/look.mjs";
import { pause, timeStands } from "../support/service.mjs";
import { story } from "../support/story.mjs";

const MOVES_ON_WITHIN_MS = 1_500;
const POLLS_AT_MOST = 8;
/** What a quick person needs between seeing the request and approving it. */
const READS_AND_TYPES_MS = 1_500;

/** From the answer's receipt on the phone to the next page, and how often the page had asked until then. */
async function timed(page, phone) {
  let polls = 0;
  page.on("request", (request) => {
    if (request.method() === "GET" && request.url().endsWith("/sign-ins/current")) polls += 1;
  });
  const answered = phone
    .waitForResponse((response) => response.url().endsWith("/answer"))
    .then(() => performance.now());
  const moved = page
    .waitForResponse((response) => new URL(response.url()).pathname === "/")
    .then(() => performance.now());
  await arrives(phone, "Is this you signing in?");
  await pause(READS_AND_TYPES_MS);
  await answerNumber(page, phone);
  await arrives(page, "Security info");
  return { ms: Math.round((await moved) - (await answered)), polls };
}

story(
  "signing in",
  (scene, fact) => {
    let ada;
    let codes;

    /** A browser without cookies in which user name and password were given. */
    const elsewhere = async () => {
      const page = await scene.browsers.desktop();
      await page.goto(`${ada.origin}/`);
      await arrives(page, "Sign in");
      await enterPassword(page, "ada");
      return page;
    };

    fact("after_signing_out_the_password_is_asked_again", async () => {
      ada = await firstAdministrator(scene);
      await signOut(ada.page, ada.name);
      await look(ada.page, "sign-in");
      await ada.page.goto(`${ada.origin}/activity`);
      await arrives(ada.page, "Sign in");
    });

    fact("a_wrong_password_is_answered_like_an_unknown_name", async () => {
      const { page } = ada;
      for (const [userName, password] of [
        ["ada", "another password"],
        ["nobody", PASSWORD],
      ]) {
        await page.reload();
        await enterPassword(page, userName, password);
        await reads(page, "That user name and password don’t match");
      }
      await look(page, "sign-in-refused");
    });

    fact("the_page_moves_on_by_itself_to_where_one_was_going", async () => {
      const { page, phone } = ada;
      await enterPassword(page, "ada");
      await arrives(page, "Check your phone");
      await arrives(phone, "Is this you signing in?");
      await look(page, "number");
      await look(phone, "request");
      await approve(phone, await numberOn(page));
      await arrives(page, "Recent activity");
      await look(phone, "request-approved");
      await putAway(phone);
    });

    fact("it_moves_on_soon_after_the_answer", async (t) => {
      const seen = [];
      for (let round = 0; round < 3; round += 1) {
        const page = await elsewhere();
        seen.push(await timed(page, ada.phone));
        await page.context().close();
      }
      const mean = Math.round(seen.reduce((sum, { ms }) => sum + ms, 0) / seen.length);
      const each = seen.map(({ ms, polls }) => `${ms} ms after ${polls} polls`).join(", ");
      t.diagnostic(`from the phone's answer to the next page: ${mean} ms on average (${each})`);
      assert.ok(mean < MOVES_ON_WITHIN_MS, each);
      assert.ok(Math.max(...seen.map(({ polls }) => polls)) <= POLLS_AT_MOST, each);
    });

    fact("a_reload_shows_the_same_number_again", async () => {
      const page = await elsewhere();
      await arrives(page, "Check your phone");
      const number = await numberOn(page);
      await page.reload();
      await arrives(page, "Check your phone");
      assert.equal(await numberOn(page), number);
      const again = await page.context().newPage();
      await page.close();
      await again.goto(`${ada.origin}/sign-in`);
      await arrives(again, "Check your phone");
      assert.equal(await numberOn(again), number);
      await answerNumber(again, ada.phone);
      await arrives(again, "Security info");
      await again.context().close();
    });

    fact("a_wrong_number_ends_the_request_and_the_next_number_works", async () => {
      const { phone } = ada;
      const page = await elsewhere();
      await arrives(phone, "Is this you signing in?");
      await approve(phone, otherThan(await numberOn(page)), "That was another number");
      await arrives(page, "A different number was entered");
      await look(page, "ended-wrong-number");
      await look(phone, "request-wrong-number");
      await putAway(phone);
      await press(page, "Show a new number");
      await answerNumber(page, phone);
      await arrives(page, "Security info");
      await page.context().close();
    });

    fact("who_changes_their_mind_is_not_reported", async () => {
      const { phone } = ada;
      const page = await elsewhere();
      await arrives(phone, "Is this you signing in?");
      await press(phone, "No, it’s not me");
      await look(phone, "request-why");
      await press(phone, /I changed my mind/);
      await arrives(phone, "Not approved");
      await arrives(page, "The request was declined");
      await look(page, "ended-declined");
      await putAway(phone);
      await press(page, "Show a new number");
      await answerNumber(page, phone);
      await arrives(page, "Security info");
      await page.context().close();
    });

    fact("a_newer_sign_in_takes_the_place_of_the_one_before", async () => {
      const first = await elsewhere();
      await arrives(ada.phone, "Is this you signing in?");
      const second = await elsewhere();
      await arrives(first, "A newer request took this one’s place");
      await reads(ada.phone, "A newer request took the place of the one before.");
      await look(ada.phone, "request-newer");
      await look(first, "ended-superseded");
      await press(first, "Cancel sign-in");
      await arrives(first, "Sign in");
      await answerNumber(second, ada.phone);
      await arrives(second, "Security info");
      await first.context().close();
      await second.context().close();
    });

    fact(
      "a_request_runs_out_on_both_screens",
      async () => {
        const { phone } = ada;
        const page = await elsewhere();
        await arrives(phone, "Is this you signing in?");
        await scene.service.pass({ seconds: 121 });
        await arrives(page, "Time ran out");
        await arrives(phone, /Time ran out|The request is over/);
        await look(page, "ended-expired");
        await look(phone, "request-expired");
        await putAway(phone);
        await press(page, "Show a new number");
        await answerNumber(page, phone);
        await arrives(page, "Security info");
        await page.context().close();
      },
      { needs: timeStands },
    );

    fact("any_code_app_accepts_the_qr_code", async () => {
      const { page } = ada;
      await page.goto(`${ada.origin}/add-method`);
      await look(page, "add-method");
      await follow(page, /^Code generator app/);
      await arrives(page, "Set up a code app");
      codes = await CodeApp.scans(page, scene.service);
      assert.equal(codes.account, "Example: ada");
      const key = await page.getByText(/^Key:( ?[A-Z2-7]{4}){8}$/).textContent();
      assert.equal(
        codes.secret,
        key.slice("Key:".length).replaceAll(" ", ""),
        "the key to type is the one in the QR code",
      );
      await look(page, "code-app");
      await fill(page, "6-digit code", "000000");
      await press(page, "Confirm");
      await reads(page, "That code was not accepted");
      await look(page, "code-app-refused");
      await fill(page, "6-digit code", await codes.code());
      await press(page, "Confirm");
      await arrives(page, / is ready$/);
      await look(page, "code-app-ready");
    });

    fact("a_code_is_another_way_in_and_works_once", async () => {
      const page = await elsewhere();
      await arrives(page, "Check your phone");
      await page.getByText("I can’t use that right now").click();
      await look(page, "number-other-ways");
      await press(page, /^Use a code from/);
      await arrives(page, "Enter your code");
      await look(page, "code");
      await fill(page, "6-digit code", codes.usedCode());
      await press(page, "Continue");
      await reads(page, "That code was not accepted");
      await look(page, "code-refused");
      const code = await codes.code();
      await fill(page, "6-digit code", `${code.slice(0, 3)} ${code.slice(3)}`);
      await press(page, "Continue");
      await arrives(page, "Security info");
      await page.context().close();
    });

    fact("a_keyboard_is_enough", async () => {
      const page = await scene.browsers.desktop();
      await page.goto(`${ada.origin}/sign-in`);
      await arrives(page, "Sign in");
      await tabTo(page, "User name");
      await page.keyboard.type("ada");
      await tabTo(page, "Password");
      await page.keyboard.type(PASSWORD);
      await touch(page, "Enter");
      await arrives(page, "Check your phone");
      await tabTo(page, "I can’t use that right now");
      await touch(page, "Enter");
      await tabTo(page, /^Use a code from/);
      await touch(page, "Enter");
      await arrives(page, "Enter your code");
      await tabTo(page, "6-digit code");
      await page.keyboard.type(await codes.code());
      await touch(page, "Enter");
      await arrives(page, "Security info");
      await tabTo(page, /Ada Lovelace/);
      await touch(page, "Enter");
      await tabTo(page, "Sign out");
      await touch(page, "Enter");
      await arrives(page, "Sign in");
      await page.context().close();
    });

    fact("a_phone_that_nobody_answers_is_asked_no_more_for_a_while", async () => {
      const asked = [];
      let page;
      do {
        page = await elsewhere();
        asked.push(page);
        assert.ok(asked.length <= 4, "three requests that nobody answered are enough");
        await page.getByRole("heading", { name: /^(Check your phone|Enter your code)$/ }).waitFor();
      } while (await page.getByRole("heading", { name: "Check your phone" }).isVisible());
      await reads(page, "Requests to your phone are paused");
      await look(page, "paused");
      await fill(page, "6-digit code", await codes.code());
      await press(page, "Continue");
      await arrives(page, "Security info");
      for (const one of asked) await one.context().close();
    });

    fact(
      "after_twenty_minutes_requests_go_out_again",
      async () => {
        await scene.service.pass({ minutes: 20 });
        const page = await elsewhere();
        await answerNumber(page, ada.phone);
        await arrives(page, "Security info");
      },
      { needs: timeStands },
    );
  },
  { clock: true },
);
