// The device's own authenticator, by the name that its owner knows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nameFor } from "./this-device";

test("each system's own name is used, and a tablet that says it is a desktop is told by its screen", () => {
  const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15";
  const cases: [string, number, RegExp][] = [
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64)", 0, /^Windows Hello$/],
    [mac, 0, /^Touch ID$/],
    [mac, 5, /^Face ID or Touch ID$/],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", 5, /^Face ID or Touch ID$/],
    ["Mozilla/5.0 (Linux; Android 15; Pixel 9)", 5, /^this phone’s screen lock$/],
    ["Mozilla/5.0 (X11; Linux x86_64)", 0, /^this device’s screen lock$/],
  ];
  for (const [agent, touches, name] of cases) assert.match(nameFor(agent, touches), name);
});
