// One module a prompt kind; what is new to draw is added here.
import type { Prompt } from "../../kit/api-types";
import { Later } from "../../kit/components/later";
import { CodeStep } from "./code";
import { NumberStep } from "./number";

export function drawPrompt(prompt: Prompt, onTimeUp: () => void) {
  switch (prompt.kind) {
    case "number":
      return <NumberStep key={prompt.prompt_id} prompt={prompt} onTimeUp={onTimeUp} />;
    case "code":
      return <CodeStep key={prompt.authenticator_id} prompt={prompt} />;
    case "text":
      return (
        <Later
          key={prompt.authenticator_id}
          load={() => import("./text")}
          draw={({ TextStep }) => <TextStep prompt={prompt} />}
        />
      );
    case "recovery_codes":
    case "pairing":
    case "totp_secret":
      return null; // Drawn by enrollment only; signing in never asks for them.
  }
}
