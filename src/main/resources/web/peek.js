// Looking at items without leasing them, and filtering what was seen.

import { byId, setAttribute, setText, show, textRows } from "./dom.js";
import { count, instant, json, plural } from "./format.js";
import { kickButton } from "./tables.js";

/** Characters of a body: a long one would fill the page; the filter looks at all of it. */
const BODY_SHOWN = 1000;

export function startPeek(model) {
  let items = [];
  let next = null;
  let state = "ready";
  let from = 0;

  async function peek(fromId) {
    const queue = model.selected;
    const isMore = fromId === next && next !== null;
    const max = Number(byId("peek-max").value);
    try {
      const answer = await model.manage(queue, { op: "peek", state, fromId, max });
      if (queue !== model.selected) {
        return;
      }
      items = isMore ? [...items, ...answer.items] : answer.items;
      next = answer.next;
      render();
    } catch (error) {
      if (!error.kind) {
        throw error;
      }
      setText(byId("peek-said"), error.message);
    }
  }

  function render() {
    const text = byId("peek-filter").value.trim().toLowerCase();
    const found = items.filter((item) => searchable(item).includes(text));
    show(byId("items").parentElement, found.length > 0);
    rows(found);
    const seen = items.length === 0 ? `No ${state} item.` : `${plural(items.length, `${state} item`)} seen`;
    setText(byId("peek-said"), items.length > 0 && text ? `${seen}, ${count(found.length)} match.` : `${seen}${items.length ? "." : ""}`);
    show(byId("do-peek-more"), next !== null);
  }

  byId("peek").addEventListener("submit", (event) => {
    event.preventDefault();
    state = byId("peek-state").value;
    next = null;
    from = Number(byId("peek-from").value) || 0;
    peek(from);
  });
  byId("do-peek-more").addEventListener("click", () => peek(next));
  byId("peek-filter").addEventListener("input", () => items.length > 0 && render());
  model.addEventListener("changed", () => {
    if (items.length > 0) {
      next = null;
      peek(from);
    }
  });
  model.addEventListener("selected", () => {
    items = [];
    next = null;
    rows([]);
    show(byId("items").parentElement, false);
    show(byId("do-peek-more"), false);
    setText(byId("peek-said"), "Peeking shows items without leasing them.");
  });
  show(byId("items").parentElement, false);
}

function searchable(item) {
  return `#${item.id} ${item.producer} ${item.key ?? ""} ${item.consumer ?? ""} ${json(item.body)}`.toLowerCase();
}

const shortened = (text) => (text.length > BODY_SHOWN ? `${text.slice(0, BODY_SHOWN)}…` : text);

function rows(items) {
  textRows(
    byId("items").tBodies[0],
    items,
    (item) => item.id,
    (item) => [
      `#${item.id}`,
      item.consumer ? `${item.state} by ${item.consumer}` : item.dueAt ? `${item.state} to ${instant(item.dueAt)}` : item.state,
      item.producer,
      item.key ?? "–",
      instant(item.putAt),
      count(item.attempt),
      shortened(json(item.body)),
    ],
    ["num", "", "who", "who key", "num", "num attempt", "body", "act"],
    (row, item) => {
      setAttribute(row, "data-item", item.id);
      kickButton(row, item);
    },
  );
}
