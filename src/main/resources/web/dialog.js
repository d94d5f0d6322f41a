// One dialog for every action: its fields, what is wrong with them, what came of it.

import { byId, h, setText } from "./dom.js";

const NAME_KEY = "weir.by";
const NAME = { name: "by", label: "Your name, for the audit", kind: "text", most: 128, isNeeded: true };
const NOTICE_MS = 12_000;
const UNKNOWN = "It may have been done: look before you do it again.";

let action = null;

export function startDialog() {
  const dialog = byId("dialog");
  byId("dialog-cancel").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => (action = null));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  byId("dialog-form").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
}

/**
 * Asks. `fields` have a name, a label, a kind (text, whole, json, choice) and limits; `run` gets their
 * values and gives the sentence that says what was done, or fails with the sentence that says why not.
 */
export function ask(wanted) {
  action = { ...wanted, fields: [...wanted.fields, { ...NAME, value: savedName() }] };
  setText(byId("dialog-title"), action.title);
  setText(byId("dialog-text"), action.text);
  setText(byId("dialog-submit"), action.submit);
  setText(byId("dialog-error"), "");
  byId("dialog-submit").className = action.isDangerous ? "danger primary" : "primary";
  byId("dialog-fields").replaceChildren(...action.fields.map(field));
  busy(false);
  byId("dialog").showModal();
  (byId("dialog-fields").querySelector("input, textarea, select") ?? byId("dialog-submit")).focus();
}

function savedName() {
  try {
    return localStorage.getItem(NAME_KEY) ?? "dashboard";
  } catch {
    return "dashboard";
  }
}

function saveName(name) {
  try {
    localStorage.setItem(NAME_KEY, name);
  } catch {
    // A browser that keeps nothing asks for the name each time.
  }
}

function field({ name, label, kind, choices, value, least, most }) {
  const id = `field-${name}`;
  const common = { id, name, autocomplete: "off" };
  let input;
  if (kind === "choice") {
    input = h("select", common, ...choices.map((choice) => h("option", {}, choice)));
  } else if (kind === "json") {
    input = h("textarea", { ...common, rows: 6, spellcheck: "false" });
  } else if (kind === "whole") {
    input = h("input", { ...common, type: "number", step: 1, min: least, max: most, inputmode: "numeric" });
  } else {
    input = h("input", { ...common, type: "text", maxlength: most });
  }
  if (value !== undefined) {
    input.value = value;
  }
  return h("label", { for: id }, h("span", {}, label), input);
}

/** The value of a field, or a failure that names it. */
function read({ name, label, kind, least, most, isNeeded }) {
  const text = byId(`field-${name}`).value.trim();
  const fail = (what) => {
    byId(`field-${name}`).focus();
    throw new Error(`${label.replace(/ \(.*/, "")}: ${what}`);
  };
  if (text === "" && (isNeeded || kind === "json")) {
    fail("it is missing.");
  }
  if (kind === "json") {
    try {
      return JSON.parse(text);
    } catch (error) {
      fail(`this is no JSON (${error.message}).`);
    }
  }
  if (kind === "whole" && text !== "") {
    const number = Number(text);
    return Number.isInteger(number) && number >= least && number <= most
      ? number
      : fail(`a whole number from ${least} to ${most} is needed.`);
  }
  return text;
}

function busy(isBusy) {
  byId("dialog-submit").disabled = isBusy;
}

async function submit() {
  const running = action;
  setText(byId("dialog-error"), "");
  try {
    const values = Object.fromEntries(running.fields.map((one) => [one.name, read(one)]));
    saveName(values.by);
    busy(true);
    const said = await running.run(values);
    notice(said, "done");
    if (action === running) {
      byId("dialog").close();
    }
  } catch (error) {
    const sentence = error.kind === "unknown" ? `${error.message} ${UNKNOWN}` : error.message;
    if (action === running) {
      setText(byId("dialog-error"), sentence);
    } else {
      notice(sentence, "failed");
    }
  } finally {
    busy(false);
  }
}

/** Says what was done, for a while. */
function notice(sentence, kind) {
  const close = () => element.remove();
  const element = h(
    "div",
    { class: `notice ${kind}` },
    h("span", {}, sentence),
    h("button", { type: "button", class: "plain", "aria-label": "Dismiss", click: close }, "×"),
  );
  byId("notices").replaceChildren(element);
  setTimeout(close, NOTICE_MS);
}
