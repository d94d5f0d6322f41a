// Puts the page together: the bus, what is known, what is shown, and the address line (#/queue).

import { startActions } from "./actions.js";
import { Bus } from "./bus.js";
import { startCharts } from "./charts.js";
import { byId, setText, show } from "./dom.js";
import { startFigures } from "./figures.js";
import { Model } from "./model.js";
import { startOverview } from "./overview.js";
import { startPeek } from "./peek.js";
import { startTables } from "./tables.js";

const address = new URL("eventbus/websocket", document.baseURI);
address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
const bus = new Bus(address.href);
const model = new Model(bus);
const wide = window.matchMedia("(min-width: 900px)");

const wanted = () => decodeURIComponent(location.hash.replace(/^#\/?/, "")) || null;

/** The queue of the address line; where none is named, the first one if there is room or no choice. */
function route() {
  let name = wanted();
  if (name === null && model.queues.size > 0 && (wide.matches || model.queues.size === 1)) {
    name = model.queues.keys().next().value;
  }
  model.select(name);
  showQueue();
}

function showQueue() {
  const name = model.selected;
  const isMissing = name !== null && model.isListed && model.current === null;
  document.body.dataset.view = name === null ? "list" : "queue";
  show(byId("queue"), name !== null && model.current !== null);
  show(byId("missing"), isMissing);
  if (isMissing) {
    setText(byId("missing"), `No node serves a queue named ${name} now.`);
  }
  document.title = name === null ? "Weir" : `${name} · Weir`;
}

function connection(state, text) {
  document.body.dataset.connection = state;
  setText(byId("connection"), text);
}

bus.addEventListener("open", () => connection("open", "Connected"));
bus.addEventListener("closed", () => connection("closed", "Disconnected: trying again"));
window.addEventListener("hashchange", () => {
  route();
  if (model.current !== null) {
    byId("queue").focus({ preventScroll: wide.matches });
  }
});
wide.addEventListener("change", route);
window.addEventListener("online", () => bus.connect());
model.addEventListener("queues", () => (model.selected === null ? route() : showQueue()));

startOverview(model);
startFigures(model);
startTables(model);
startPeek(model);
startActions(model);
startCharts(model);
bus.connect();
