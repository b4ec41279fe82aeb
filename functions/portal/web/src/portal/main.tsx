// Starts the signed-in pages.
import "./style.css";
import "../kit/components/icons-inside";
import { render } from "preact";
import "../kit/texts/problems-inside";
import { App } from "./app";

const root = document.getElementById("app");
if (root) {
  root.replaceChildren();
  render(<App />, root);
}
