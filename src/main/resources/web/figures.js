// The selected queue's head: its level, both sides, and what is unusual.

import { byId, h, keyed, setAttribute, setShare, setText, show } from "./dom.js";
import { bytes, count, duration, plural, rate } from "./format.js";
import { held } from "./history.js";

const STATES = ["ready", "leased", "delayed", "held", "stored"];
const SIDES = ["produce", "consume"];
const DOING = { produce: "producing", consume: "consuming" };

export function startFigures(model) {
  const render = () => {
    if (model.current !== null) {
      head(model.current);
      if (model.current.stats) {
        figures(model.current.stats);
      }
    }
  };
  for (const type of ["selected", "queues", "figures"]) {
    model.addEventListener(type, render);
  }
}

function head(queue) {
  const stats = queue.stats;
  setText(byId("name"), queue.name);
  setText(byId("about"), `${queue.durability} · node ${queue.node}`);
  const chips = [];
  if (!queue.isServed) {
    chips.push(["bad", "not served now"]);
  } else if (stats) {
    if (!stats.open) {
      chips.push(["bad", "journal closed"]);
    }
    stats.paused.forEach((side) => chips.push(["warn", `${DOING[side]} paused`]));
    if (held(stats.counts) >= stats.capacity) {
      chips.push(["full", "full"]);
    }
    if (stats.counts.held > 0) {
      chips.push(["warn", `${plural(stats.counts.held, "item")} held: the dead have no room`]);
    }
  }
  keyed(
    byId("chips"),
    chips,
    ([, text]) => text,
    ([kind, text]) => h("li", { class: `chip ${kind}` }, text),
    () => {},
  );
}

function figures(stats) {
  level(stats);
  for (const side of SIDES) {
    const isPaused = stats.paused.includes(side);
    setText(byId(`waiting-${side}`), count(stats.waiting[side]));
    setText(byId(`wait-${side}-p50`), duration(stats.waitMs[side].p50));
    setText(byId(`wait-${side}-p99`), duration(stats.waitMs[side].p99));
    setAttribute(byId(`side-${side}`), "data-paused", isPaused ? "" : null);
    setText(byId(`do-pause-${side}`), `${isPaused ? "Resume" : "Pause"} ${DOING[side]}…`);
  }
  setText(byId("rate-put"), rate(stats.perSecond.put));
  setText(byId("rate-take"), rate(stats.perSecond.take));
}

function level(stats) {
  const depth = held(stats.counts);
  const percent = Math.floor((100 * depth) / stats.capacity);
  const most = Math.max(stats.capacity, depth);
  const gauge = byId("level");
  setText(byId("depth"), count(depth));
  setText(byId("capacity"), count(stats.capacity));
  setText(byId("percent"), `${count(percent)} %`);
  setAttribute(gauge, "aria-valuemax", most);
  setAttribute(gauge, "aria-valuenow", depth);
  setAttribute(gauge, "aria-valuetext", `${plural(depth, "item")} of ${count(stats.capacity)}`);
  setAttribute(gauge, "data-full", depth >= stats.capacity ? "" : null);
  for (const part of gauge.children) {
    setShare(part, stats.counts[part.dataset.state] / most);
  }
  for (const state of [...STATES, "dead"]) {
    setText(byId(`count-${state}`), count(stats.counts[state]));
    show(byId(`count-${state}`).parentElement, stats.counts[state] > 0 || ["ready", "leased", "dead"].includes(state));
  }
  const oldest = stats.oldestReadyMs > 0 ? ` · oldest ready for ${duration(stats.oldestReadyMs)}` : "";
  setText(byId("weight"), `${bytes(stats.bytes)} of ${bytes(stats.capacityBytes)}${oldest}`);
}
