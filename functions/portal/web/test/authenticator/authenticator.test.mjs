// A person with a phone: pairs it, is tested, answers, refuses, goes offline, removes it. Needs the built app in dist/.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { findings, missing, phone } from "./phone.mjs";
import { Service } from "./service.mjs";

const CODE = "K7QXM4TRPA";

async function pairedPhone(service, options) {
  const device = await phone(options);
  service.code(CODE);
  await device.page.goto(`${service.origin}/authenticator#pair=${CODE}`);
  await device.press("Yes, pair this phone");
  await device.sees("One test is left");
  service.ask({ purpose: "test" });
  await device.sees("Test of this phone");
  await device.page.getByLabel(/2 digits/).fill("47");
  await device.press("Approve");
  await device.sees("This phone is ready");
  await device.press(/Next|Done/);
  return device;
}

describe("the web authenticator", { skip: missing, concurrency: false }, () => {
  let service;
  before(async () => {
    service = await new Service().start();
  });
  after(() => service.stop());

  for (const theme of ["light", "dark"]) {
    test(`a_phone_is_paired_tested_and_answers_in_the_${theme}`, async () => {
      const device = await phone({ theme });
      const { page, press, sees } = device;
      const accessible = async (where) => assert.deepEqual(await findings(device), [], where);
      await page.goto(`${service.origin}/authenticator`);
      await sees("Make this phone your second key");
      await accessible("first screen");
      await press("Type the code instead");
      service.code(CODE);
      await page.getByLabel("Pairing code").fill("k7qxm 4trpa");
      await accessible("typing the code");
      await press("Pair this phone");
      await sees("One test is left");
      await accessible("paired");
      service.ask({ purpose: "test" });
      await sees("Test of this phone");
      const approve = page.getByRole("button", { name: "Approve" });
      assert.equal(await approve.isDisabled(), true);
      await page.getByLabel(/2 digits/).fill("4");
      assert.equal(await approve.isDisabled(), true);
      await page.getByLabel(/2 digits/).fill("47");
      await accessible("a request");
      await approve.click();
      await sees("This phone is ready");
      await accessible("an outcome");
      await press("Done");
      await sees("No request is waiting");
      await accessible("the list");

      await page.reload();
      service.ask({ number: "047" });
      await sees("Is this you signing in?");
      await page.keyboard.press("Tab");
      await page.keyboard.type("047");
      await page.keyboard.press("Enter");
      await sees("Approved");
      assert.equal(service.seen.at(-1).number, "047");
      assert.deepEqual(device.errors, []);
      await device.close();
    });
  }

  test("the_key_cannot_leave_the_phone", async () => {
    const device = await pairedPhone(service);
    const keys = await device.page.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open("countersign-authenticator");
          opening.onsuccess = () => {
            const all = opening.result.transaction("keys").objectStore("keys").getAll();
            all.onsuccess = () =>
              resolve(all.result.map(({ extractable, usages }) => ({ extractable, usages })));
          };
        }),
    );
    assert.deepEqual(keys, [{ extractable: false, usages: ["sign"] }]);
    await device.close();
  });

  test("a_refusal_says_why_and_a_wrong_number_ends_the_request", async () => {
    const device = await pairedPhone(service);
    const { page, press, sees } = device;
    service.ask();
    await press("No, it’s not me");
    assert.deepEqual(await findings(device), []);
    await press(/It wasn’t me/);
    await sees("Refused and reported");
    assert.equal(service.seen.at(-1).reason, "not_me");
    await press("Done");
    service.ask();
    await page.getByLabel(/2 digits/).fill("11");
    await press("Approve");
    await sees("That was another number");
    await press("Done");
    service.ask({ lives: 3_000 });
    await sees("Is this you signing in?");
    await sees("Time ran out");
    await press("Done");
    service.ask();
    await sees("Is this you signing in?");
    service.ask({ app: "Library" });
    await sees("A newer request");
    service.prompt = undefined;
    await sees("The request is over");
    await device.close();
  });

  test("a_wrong_clock_is_corrected", async () => {
    const device = await pairedPhone(service);
    service.skew = -3_600_000;
    service.ask({ purpose: "reauthenticate" });
    await device.page.getByLabel(/2 digits/).fill("47");
    await device.press("Approve");
    await device.sees("Confirmed");
    service.skew = 0;
    await device.close();
  });

  test("an_account_ends_here_or_there", async () => {
    const device = await pairedPhone(service);
    const { press, sees } = device;
    service.removable = false;
    await press(/ada/);
    await press("Remove this account");
    await press(/^Remove$/);
    await sees("It cannot be removed now");
    await press("Keep it");
    service.removable = true;
    service.devices.clear();
    await sees("This phone was removed from the account");
    assert.deepEqual(await findings(device), []);
    await press("Forget on this phone");
    await sees("Make this phone your second key");
    await device.close();
  });

  test("a_push_is_shown_and_brings_the_request", async () => {
    const device = await pairedPhone(service, { permissions: ["notifications"] });
    const { context, page, sees } = device;
    const session = await context.newCDPSession(page);
    const registered = new Promise((resolve) => {
      session.on(
        "ServiceWorker.workerRegistrationUpdated",
        ({ registrations }) => registrations[0] && resolve(registrations[0]),
      );
    });
    await session.send("ServiceWorker.enable");
    const { registrationId, scopeURL } = await registered;
    assert.equal(scopeURL, `${service.origin}/authenticator`);
    const { id: tag } = service.ask();
    const notification = { title: "Countersign", body: "Open to answer a sign-in request.", tag };
    const push = (data) =>
      session.send("ServiceWorker.deliverPushMessage", { origin: service.origin, registrationId, data });
    await push(JSON.stringify({ web_push: 8030, notification }));
    await sees("Is this you signing in?");
    const shown = () =>
      page.evaluate(async () => {
        const { scope } = await navigator.serviceWorker.ready;
        return (await (await navigator.serviceWorker.getRegistration(scope)).getNotifications()).map(
          (one) => one.tag,
        );
      });
    assert.deepEqual(await shown(), [tag]);
    await device.press("No, it’s not me");
    await device.press(/changed my mind/);
    await sees("Not approved");
    await page.waitForTimeout(500);
    assert.deepEqual(await shown(), []);
    await device.close();
  });

  test("without_a_network_the_app_opens_and_says_so", async () => {
    const own = await new Service().start();
    const device = await pairedPhone(own);
    await device.page.evaluate(() => navigator.serviceWorker.ready);
    await device.page.waitForTimeout(500);
    await own.stop();
    await device.page.reload();
    await device.sees("You are offline");
    await device.close();
  });
});
