// One module a prompt kind; what is new to draw is added here.
import type { Prompt } from "../../kit/api-types";
import { CodeStep } from "./code";
import { NumberStep } from "./number";

export function drawPrompt(prompt: Prompt, onTimeUp: () => void) {
  switch (prompt.kind) {
    case "number":
      return <NumberStep key={prompt.prompt_id} prompt={prompt} onTimeUp={onTimeUp} />;
    case "code":
      return <CodeStep key={prompt.authenticator_id} prompt={prompt} />;
    case "pairing":
    case "totp_secret":
    case "token_code":
      return null; // Drawn by enrollment only; signing in never asks for them.
  }
}
