// How often the service is asked, what this phone is called, and what a push shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanModel, guessModel } from "../device/model";
import { UNREACHABLE } from "../device/problem";
import { afterFailure, afterQuiet } from "../prompts/schedule";
import { channelOf } from "../push/channel";
import { readPayload } from "../push/payload";

test("asking_slows_down_when_nothing_comes", () => {
  assert.equal(afterQuiet(2000, 0), 2000);
  assert.equal(afterQuiet(2000, 3 * 60_000), 8000);
  assert.equal(afterQuiet(2000, 60 * 60_000), 20_000);
  assert.equal(afterQuiet(30_000, 60 * 60_000), 30_000);
  assert.equal(afterQuiet(1, 0), 500);
});

test("failures_wait_longer_each_time_and_obey_retry_after", () => {
  const waits = [1, 2, 3, 4, 5, 6].map((count) => afterFailure(count, UNREACHABLE, 0.5));
  assert.deepEqual(waits, [2000, 4000, 8000, 16_000, 30_000, 30_000]);
  assert.equal(afterFailure(1, { ...UNREACHABLE, status: 429, retryAfterMs: 45_000 }, 0.5), 45_000);
  assert.equal(afterFailure(1, { ...UNREACHABLE, status: 400 }, 0.5), 30_000);
});

test("a_phone_is_called_by_its_browser_and_system", () => {
  const android =
    "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";
  const mac =
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15";
  assert.equal(guessModel(android), "Chrome on Android");
  assert.equal(guessModel(mac), "Safari on Mac");
  assert.equal(guessModel(mac, 5), "Safari on iPad");
  assert.equal(guessModel(""), "Web browser");
  assert.equal(cleanModel("  Ada’s \n phone ", "x"), "Ada’s phone");
  assert.equal(cleanModel("\u0007", "Chrome on Android"), "Chrome on Android");
  assert.equal(cleanModel("a".repeat(99), "x").length, 64);
});

test("whatever_is_pushed_there_is_something_to_show", () => {
  const fallback = { title: "Countersign", body: "Open to answer.", tag: "countersign" };
  const full = {
    web_push: 8030,
    notification: { title: "T", body: "B", navigate: "https://evil.example/", tag: "prm_1" },
  };
  assert.deepEqual(readPayload(JSON.stringify(full), fallback), { title: "T", body: "B", tag: "prm_1" });
  for (const payload of [
    undefined,
    "",
    "not json",
    "null",
    "[]",
    '{"notification":null}',
    '{"notification":{"title":7}}',
  ]) {
    assert.deepEqual(readPayload(payload, fallback), fallback, String(payload));
  }
});

test("a_subscription_without_keys_is_no_channel", () => {
  const bytes = (text: string) => new TextEncoder().encode(text).buffer;
  const subscription = (keys: Record<string, ArrayBuffer>) =>
    ({
      endpoint: "https://push.example/1",
      getKey: (name: string) => keys[name] ?? null,
    }) as unknown as PushSubscription;
  assert.deepEqual(channelOf(null), { kind: "none" });
  assert.deepEqual(channelOf(subscription({})), { kind: "none" });
  assert.deepEqual(channelOf(subscription({ p256dh: bytes("pub"), auth: bytes("sec") })), {
    kind: "web_push",
    endpoint: "https://push.example/1",
    p256dh: "cHVi",
    auth: "c2Vj",
  });
});
