// The list of all queues: a small gauge each, and what is unusual about it.

import { byId, h, keyed, setAttribute, setShare, setText, show } from "./dom.js";
import { count } from "./format.js";
import { held } from "./history.js";

const FILTER_FROM = 8;

export function startOverview(model) {
  const list = byId("queue-list");
  const filter = byId("queue-filter");

  function render() {
    const all = [...model.queues.values()];
    const text = filter.value.trim().toLowerCase();
    show(filter, all.length >= FILTER_FROM || text !== "");
    show(byId("queue-none"), model.isListed && all.length === 0);
    setText(byId("queue-count"), all.length > 1 ? count(all.length) : "");
    keyed(
      list,
      all.filter((queue) => queue.name.toLowerCase().includes(text)),
      (queue) => queue.name,
      create,
      (row, queue) => update(row, queue, queue.name === model.selected),
    );
  }

  filter.addEventListener("input", render);
  for (const type of ["queues", "selected", "figures"]) {
    model.addEventListener(type, render);
  }
}

function create(queue) {
  return h(
    "li",
    {},
    h(
      "a",
      { href: `#/${queue.name}`, "data-queue": queue.name },
      h("span", { class: "queue-name" }, queue.name),
      h("span", { class: "queue-depth" }),
      h("span", { class: "mini", role: "presentation" }, h("span")),
      h("span", { class: "queue-flags" }),
    ),
  );
}

function update(row, queue, isSelected) {
  const link = row.firstChild;
  const [, depth, mini, flags] = link.children;
  const inside = queue.stats ? held(queue.stats.counts) : queue.count;
  setText(depth, `${count(inside)} / ${count(queue.capacity)}`);
  setShare(mini, inside / queue.capacity);
  setAttribute(link, "aria-current", isSelected ? "page" : null);
  setAttribute(link, "data-full", inside >= queue.capacity ? "" : null);
  const notes = remarks(queue, inside);
  setText(flags, notes.join(" · "));
  setAttribute(link, "data-remarks", notes.length > 0 ? "" : null);
}

function remarks(queue, inside) {
  if (!queue.isServed) {
    return ["not served"];
  }
  const stats = queue.stats;
  const found = inside >= queue.capacity ? ["full"] : [];
  if (stats) {
    const waiting = stats.waiting.produce;
    found.push(
      ...(stats.open ? [] : ["journal closed"]),
      ...(stats.paused.length > 0 ? ["paused"] : []),
      ...(waiting > 0 ? [`${count(waiting)} waiting to put`] : []),
      ...(stats.counts.dead > 0 ? [`${count(stats.counts.dead)} dead`] : []),
    );
  }
  return found;
}
