// The settings of passkeys and security keys.
import { Attestation } from "./attestation";
import type { Words } from "./index";

export const passkey: Words = {
  "aaguids.mode": {
    label: "Which models",
    options: [
      ["any", "Any"],
      ["allow", "Only the listed ones"],
      ["block", "All but the listed ones"],
    ],
  },
  "aaguids.list": {
    label: "Models (AAGUIDs)",
    hint: "Such as fbfc3007-154e-4ecc-8c0b-6e020557d7bd, separated by commas. Asked at registration and at each use.",
  },
  attestation: { label: "Proof of the model at registration", draw: Attestation },
  synced: {
    label: "Take passkeys that are synced between devices",
    hint: "Without it only keys that stay on one device are taken.",
  },
};
