// One module a prompt kind; what is new to draw is added here.
import type { Prompt } from "../../kit/api-types";
import { Later } from "../../kit/components/later";
import { NumberStep } from "./number";

export function drawPrompt(prompt: Prompt, onTimeUp: () => void) {
  switch (prompt.kind) {
    case "number":
      return <NumberStep key={prompt.prompt_id} prompt={prompt} onTimeUp={onTimeUp} />;
    case "code":
      return (
        <Later
          of={`code ${prompt.authenticator_id}`}
          load={() => import("./code")}
          draw={({ CodeStep }) => <CodeStep prompt={prompt} />}
        />
      );
    case "passkey":
      return "options" in prompt ? null : (
        <Later of="passkey" load={() => import("./passkey")} draw={({ PasskeyStep }) => <PasskeyStep />} />
      );
    case "text":
      return (
        <Later
          of={`text ${prompt.authenticator_id}`}
          load={() => import("./text")}
          draw={({ TextStep }) => <TextStep prompt={prompt} />}
        />
      );
    case "sent_code":
      return "authenticator_id" in prompt ? (
        <Later
          of={`sent_code ${prompt.authenticator_id}`}
          load={() => import("./sent-code")}
          draw={({ SentCodeStep }) => <SentCodeStep prompt={prompt} />}
        />
      ) : null;
    case "recovery_codes":
    case "pairing":
    case "totp_secret":
    case "token_code":
      return null; // Drawn by enrollment only; signing in never asks for them.
  }
}
