// The two wait lines, the leases in flight, the dead, the audit list.

import { byId, h, setAttribute, setText, show, textRows } from "./dom.js";
import { count, duration, instant, plural, ticking } from "./format.js";

const ITEMS_NAMED = 8;

export function startTables(model) {
  const details = () => {
    line(model, "produce");
    line(model, "consume");
    leases(model);
  };
  model.addEventListener("details", details);
  model.addEventListener("dead", () => dead(model));
  model.addEventListener("audit", () => audit(model));
  model.addEventListener("figures", () => emptied(model, details));
  model.addEventListener("selected", () => {
    details();
    dead(model);
    audit(model);
  });
}

/** What the figures call empty is shown so at once, not with the next answer. */
function emptied(model, details) {
  const { stats } = model.current;
  const known = model.details;
  if (!known?.produce) {
    return;
  }
  let isChanged = false;
  for (const side of ["produce", "consume"]) {
    if (stats.waiting[side] === 0 && known[side].total > 0) {
      known[side] = { waiting: [], total: 0 };
      isChanged = true;
    }
  }
  if (stats.counts.leased === 0 && known.leased.length > 0) {
    known.leased = [];
    isChanged = true;
  }
  if (isChanged) {
    details();
  }
}

/** The first ones of so many. */
function firstOf(shown, total) {
  return total === 0 ? "" : shown < total ? `first ${count(shown)} of ${count(total)}` : count(total);
}

/** A table, or the sentence that there is nothing; neither where it is not known yet. */
function hasRows(table, rows) {
  const card = table.closest(".card");
  show(table.parentElement, rows?.length > 0);
  show(card.querySelector(".none"), rows?.length === 0);
}

function line(model, side) {
  const known = model.details?.[side];
  const { waiting, total } = known ?? { waiting: [], total: 0 };
  const table = byId(`line-${side}`);
  const nowMs = model.nowMs();
  setText(byId(`line-${side}-count`), firstOf(waiting.length, total));
  hasRows(table, known?.waiting);
  textRows(
    table.tBodies[0],
    waiting,
    (waiter) => waiter.place,
    (waiter) => [
      count(waiter.place),
      waiter.who,
      `${instant(waiter.sinceAt)} (${ticking(Math.max(0, nowMs - waiter.sinceAt))})`,
      side === "produce" ? `${waiter.stored} of ${waiter.items}` : count(waiter.items),
      waiter.expectedWaitMs === null ? "–" : `≈ ${duration(waiter.expectedWaitMs)}`,
    ],
    ["num", "who", "num since", "num", "num"],
    (row, waiter) => setAttribute(row, "data-who", waiter.who),
  );
}

/** By consumer; those whose lease ends first come first. */
function byConsumer(leased) {
  const groups = new Map();
  for (const item of leased) {
    const group = groups.get(item.consumer) ?? { consumer: item.consumer, endsAt: Infinity, ids: [] };
    group.endsAt = Math.min(group.endsAt, item.leaseEndsAt);
    group.ids.push(item.id);
    groups.set(item.consumer, group);
  }
  return [...groups.values()].sort((a, b) => a.endsAt - b.endsAt);
}

function leases(model) {
  const leased = model.details?.leased ?? [];
  const total = Math.max(leased.length, leased.length && (model.current?.stats?.counts.leased ?? 0));
  const table = byId("leases");
  const nowMs = model.nowMs();
  setText(byId("leases-count"), firstOf(leased.length, total));
  hasRows(table, model.details?.leased);
  textRows(
    table.tBodies[0],
    byConsumer(leased),
    (group) => group.consumer,
    (group) => [
      group.consumer,
      count(group.ids.length),
      ticking(group.endsAt - nowMs),
      group.ids.slice(0, ITEMS_NAMED).map((id) => `#${id}`).join(" ") +
        (group.ids.length > ITEMS_NAMED ? ` and ${count(group.ids.length - ITEMS_NAMED)} more` : ""),
    ],
    ["who", "num", "num", "ids"],
    (row, group) => setAttribute(row, "data-who", group.consumer),
  );
}

/** Fills the last cell of an item's row with a button that brings the item back; actions.js listens. */
export function kickButton(row, item) {
  const isKickable = ["dead", "held", "delayed"].includes(item.state);
  const cell = row.cells[row.cells.length - 1];
  const button = cell.firstChild;
  if (isKickable && !(button instanceof HTMLElement)) {
    cell.replaceChildren(
      h("button", { type: "button", class: "small", "data-kick": item.id, "aria-label": `Kick item ${item.id}…` }, "Kick…"),
    );
  } else if (!isKickable && button) {
    cell.replaceChildren();
  }
}

function reasons(item) {
  const last = item.reasons[item.reasons.length - 1] ?? "–";
  return item.reasons.every((reason) => reason === last)
    ? item.reasons.length > 1 ? `${item.reasons.length} × ${last}` : last
    : item.reasons.join("; ");
}

function dead(model) {
  const items = model.details?.dead ?? [];
  const counts = model.current?.stats?.counts;
  const table = byId("dead");
  setText(byId("dead-count"), firstOf(items.length, Math.max(items.length, items.length && counts.dead + counts.held)));
  hasRows(table, model.details?.dead);
  textRows(
    table.tBodies[0],
    items,
    (item) => item.id,
    (item) => [`#${item.id}`, item.state, count(item.attempt), reasons(item)],
    ["num", "", "num", "text", "act"],
    (row, item) => {
      setAttribute(row, "data-item", item.id);
      kickButton(row, item);
    },
  );
}

function audit(model) {
  const changes = model.details?.audit ?? [];
  const table = byId("audit");
  hasRows(table, model.details?.audit);
  const key = (change, at) => `${change.at} ${at}`;
  textRows(
    table.tBodies[0],
    changes.map((change, at) => ({ ...change, key: key(change, changes.length - at) })),
    (change) => change.key,
    (change) => [
      instant(change.at),
      change.op,
      change.detail ?? "",
      change.op === "purge" ? plural(change.count, "item") : "",
      change.by ?? "–",
      change.from ?? "–",
    ],
    ["num", "op", "text", "num", "who", "who soft"],
    (row, change) => setAttribute(row, "data-op", change.op),
  );
}
