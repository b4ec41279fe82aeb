// Web Push: what is sent says nothing that a locked screen must not show, it is shown, and the app opens on the request.
import assert from "node:assert/strict";
import {
  answerNumber,
  approve,
  arrives,
  enterPassword,
  numberOn,
  pairByTyping,
  press,
  putAway,
  reads,
  setUp,
} from "../support/acts.mjs";
import { look } from "../support/look.mjs";
import { PushService, subscribesAt } from "../support/push-service.mjs";
import { story } from "../support/story.mjs";

story("notifications", (scene, fact) => {
  let ada;
  let pushes;
  let push;
  let payload;

  /** A browser in which user name and password were given. */
  const elsewhere = async () => {
    const page = await scene.browsers.desktop();
    await page.goto(`${ada.origin}/sign-in`);
    await enterPassword(page, "ada");
    await arrives(page, "Check your phone");
    return page;
  };

  fact("notifications_are_turned_on_with_a_press", async () => {
    const { service, browsers } = scene;
    pushes = await PushService.start();
    scene.atTheEnd(() => pushes.stop());
    const page = await browsers.desktop();
    const phone = await browsers.phone();
    await subscribesAt(phone, pushes.subscription);
    ada = { page, phone, origin: service.origin };
    await setUp(page, service.firstAdministratorLink, { name: "Ada Lovelace", userName: "ada" });
    await pairByTyping(page, phone, service.origin);
    await arrives(page, "Now try it");
    await approve(phone, await numberOn(page), "This phone is ready");
    await arrives(page, / is ready$/);
    await putAway(phone);
    await arrives(phone, "Be told at once");
    // What one answers when the browser asks.
    await phone.context().grantPermissions(["notifications"]);
    await press(phone, "Turn on notifications");
    await arrives(phone, "No request is waiting");
    await press(phone, /^ada/);
    await arrives(phone, "Ada Lovelace");
    await phone.getByText("On", { exact: true }).waitFor();
    await look(phone, "authenticator-notifications-on");
    await press(phone, "Back");
    pushes.received.length = 0;
  });

  fact("a_push_is_sealed_for_the_phone_and_signed_by_the_service", async () => {
    const page = await elsewhere();
    push = await pushes.next();
    payload = pushes.open(push);
    const { vapid_public_key: key } = await (await fetch(`${ada.origin}/device/v1/configuration`)).json();
    const sender = pushes.sender(push, key);
    assert.equal(sender.aud, pushes.origin);
    assert.match(sender.sub, /^(mailto:|https:)/);
    assert.ok(sender.exp * 1000 > Date.now() && sender.exp * 1000 < Date.now() + 24 * 3_600_000);
    assert.equal(push.headers.ttl, "120");
    assert.equal(push.headers.urgency, "high");
    assert.match(push.headers.topic, /^[\w-]{1,32}$/);
    assert.equal(await page.getByText("Open the Countersign app on your phone").count(), 0);
    ada.waiting = page;
  });

  fact("it_names_no_number_no_person_and_no_place", async () => {
    const { web_push: version, notification, ...more } = JSON.parse(payload);
    assert.equal(version, 8030);
    assert.deepEqual(more, {});
    assert.equal(notification.title, "Countersign");
    assert.equal(notification.body, "Open to answer a sign-in request.");
    assert.equal(notification.navigate, `${ada.origin}/authenticator`);
    assert.match(notification.tag, /^prm_[0-9A-Z]+$/);
    assert.deepEqual(Object.keys(notification).toSorted(), ["body", "navigate", "tag", "title"]);
    const number = await numberOn(ada.waiting);
    const words = `${notification.title} ${notification.body}`;
    for (const secret of [number, "ada", "Ada", "Lovelace", "Example", "127.0.0.1", "place"]) {
      assert.ok(!words.includes(secret), `it says ${secret}`);
    }
    for (const secret of ["ada", "Lovelace", "127.0.0.1", "Linux", "Chrome"]) {
      assert.ok(!payload.includes(secret), `it carries ${secret}`);
    }
  });

  fact("it_is_shown_and_the_app_opens_on_the_request", async () => {
    const { phone } = ada;
    await answerNumber(ada.waiting, phone);
    await ada.waiting.context().close();
    const context = phone.context();
    // The app is closed; another page of the phone is open.
    const other = await context.newPage();
    const session = await context.newCDPSession(other);
    const registered = new Promise((resolved) => {
      session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
        const ours = registrations.find(
          ({ scopeURL, isDeleted }) => scopeURL.startsWith(ada.origin) && !isDeleted,
        );
        if (ours) resolved(ours.registrationId);
      });
    });
    await session.send("ServiceWorker.enable");
    const registrationId = await registered;
    await phone.close();
    const page = await elsewhere();
    const data = pushes.open(await pushes.next());
    await session.send("ServiceWorker.deliverPushMessage", { origin: ada.origin, registrationId, data });
    const shown = async (on) =>
      on.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration("/authenticator");
        return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
      });
    await other.goto(`${ada.origin}/outbox`);
    await other.waitForFunction(async () => {
      const registration = await navigator.serviceWorker.getRegistration("/authenticator");
      return (await registration.getNotifications()).length > 0;
    });
    const { title, body, tag, navigate } = JSON.parse(data).notification;
    assert.deepEqual(await shown(other), [{ title, body, tag }]);
    // Pressing it opens the app, which has the request on its screen.
    await other.goto(navigate);
    await arrives(other, "Is this you signing in?");
    await approve(other, await numberOn(page));
    await arrives(page, "Security info");
    await other.waitForFunction(async () => {
      const registration = await navigator.serviceWorker.getRegistration("/authenticator");
      return (await registration.getNotifications()).length === 0;
    });
    await putAway(other);
    await page.context().close();
    ada.phone = other;
  });

  fact("a_push_that_is_not_delivered_stops_nobody", async () => {
    pushes.answers = 410;
    const page = await elsewhere();
    await reads(page, "Open the Countersign app on your phone");
    await look(page, "number-not-delivered");
    await answerNumber(page, ada.phone);
    await arrives(page, "Security info");
  });
});
