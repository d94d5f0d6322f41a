// What the page knows: all queues roughly, the selected one closely. It asks only for what is in sight.

import { History } from "./history.js";

const LIST_MS = 3000;
const DETAIL_MS = 2000;
const SLOW_MS = 5000;
const SWEEP_MS = { least: 10_000, each: 100 };
const HIDDEN_FACTOR = 5;
const SHOWN = 100;
const PEEK_BYTES = 64 * 1024;

/** Events: queues, selected, figures, sample, details, dead, audit, changed. */
export class Model extends EventTarget {
  queues = new Map();
  selected = null;
  details = null;
  isListed = false;
  #bus;
  #busy = new Set();
  #sweep = [];
  #clockOffsetMs = 0;

  constructor(bus) {
    super();
    this.#bus = bus;
    bus.addEventListener("open", () => this.#opened());
    bus.addEventListener("closed", () => this.#closed());
    this.#every(LIST_MS, () => this.refreshList());
    this.#every(DETAIL_MS, () => this.#refreshDetails());
    this.#every(SLOW_MS, () => this.#refreshSlow());
    this.#sweepOn();
    document.addEventListener("visibilitychange", () => this.#looked());
  }

  get current() {
    return this.queues.get(this.selected) ?? null;
  }

  /** The node's clock, as far as it is known: instants in answers are the node's. */
  nowMs() {
    return Date.now() + this.#clockOffsetMs;
  }

  manage(queue, request) {
    return this.#bus.request(`weir.${queue}.manage`, request);
  }

  produce(queue, request) {
    return this.#bus.request(`weir.${queue}.produce`, request);
  }

  select(name) {
    if (name === this.selected) {
      return;
    }
    this.#unwatch();
    this.selected = name;
    this.details = null;
    this.#watch();
    this.#fire("selected");
    this.refreshSelected();
  }

  /** Asks for everything of the selected queue at once. */
  refreshSelected() {
    const name = this.selected;
    if (name !== null && this.#bus.isOpen) {
      this.#stats(name);
      this.#refreshDetails();
      this.#refreshSlow();
    }
  }

  /** Somebody changed the selected queue from here. */
  changed() {
    this.refreshSelected();
    this.#fire("changed");
  }

  async refreshList() {
    const answer = await this.#once("list", () => this.#bus.request("weir.queues", { op: "list" }));
    if (answer === null) {
      return;
    }
    const listed = new Map();
    for (const row of answer.queues.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }))) {
      const known = this.queues.get(row.name) ?? { history: new History(), stats: null, isServed: true };
      listed.set(row.name, Object.assign(known, row));
    }
    this.queues = listed;
    this.isListed = true;
    this.#fire("queues");
  }

  #fire(type) {
    this.dispatchEvent(new Event(type));
  }

  /** Runs again and again; more seldom while nobody looks. */
  #every(ms, work) {
    let rounds = 0;
    setInterval(() => {
      if (this.#bus.isOpen && (!document.hidden || ++rounds % HIDDEN_FACTOR === 0)) {
        work();
      }
    }, ms);
  }

  /** The answer, or null: a question that is still open is not asked twice, a failure is told by the figures. */
  async #once(key, ask) {
    if (this.#busy.has(key)) {
      return null;
    }
    this.#busy.add(key);
    try {
      return await ask();
    } catch (error) {
      return error.kind ? null : Promise.reject(error);
    } finally {
      this.#busy.delete(key);
    }
  }

  #opened() {
    this.#readClock();
    this.refreshList();
    this.refreshSelected();
  }

  #closed() {
    const nowS = Date.now() / 1000;
    this.queues.forEach((queue) => queue.history.gap(nowS));
    this.#fire("sample");
  }

  async #readClock() {
    try {
      const date = (await fetch("icon.svg", { cache: "no-store" })).headers.get("date");
      const offsetMs = date === null ? 0 : Date.parse(date) + 500 - Date.now();
      this.#clockOffsetMs = Math.abs(offsetMs) < 2000 ? 0 : offsetMs;
    } catch {
      this.#clockOffsetMs = 0;
    }
  }

  #watch() {
    if (this.selected !== null && !document.hidden) {
      const name = this.selected;
      this.#bus.listen(`weir.${name}.events`, (stats) => this.#figures(name, stats));
    }
  }

  #unwatch() {
    if (this.selected !== null) {
      this.#bus.unlisten(`weir.${this.selected}.events`);
    }
  }

  #looked() {
    if (document.hidden) {
      this.#unwatch();
    } else {
      this.#watch();
      this.refreshList();
      this.refreshSelected();
    }
  }

  #figures(name, stats) {
    const queue = this.queues.get(name);
    if (!queue) {
      return;
    }
    const before = queue.stats?.counts;
    queue.stats = stats;
    queue.isServed = true;
    queue.capacity = stats.capacity;
    const isNew = queue.history.add(stats, Date.now() / 1000);
    if (name === this.selected) {
      this.#fire("figures");
      if (isNew) {
        this.#fire("sample");
      }
      if (before?.dead !== stats.counts.dead || before?.held !== stats.counts.held) {
        this.#refreshDead();
      }
    }
  }

  async #stats(name) {
    const queue = this.queues.get(name);
    try {
      this.#figures(name, await this.manage(name, { op: "stats" }));
    } catch (error) {
      if (error.kind === "nobody" && queue && this.#bus.isOpen) {
        queue.isServed = false;
        this.#fire(name === this.selected ? "figures" : "queues");
      }
    }
  }

  /** One queue after another, so that every queue has a history and the overview knows more than a count. */
  #sweepOn() {
    const total = Math.max(1, this.queues.size);
    const roundMs = Math.max(SWEEP_MS.least, total * SWEEP_MS.each) * (document.hidden ? HIDDEN_FACTOR : 1);
    if (this.#bus.isOpen) {
      if (this.#sweep.length === 0) {
        this.#sweep = [...this.queues.keys()];
      }
      const name = this.#sweep.pop();
      if (name !== undefined && (name !== this.selected || document.hidden)) {
        this.#once(`stats ${name}`, () => this.#stats(name));
      }
    }
    setTimeout(() => this.#sweepOn(), this.isListed ? roundMs / total : 100);
  }

  async #refreshDetails() {
    const name = this.selected;
    const stats = this.current?.stats;
    if (!stats || document.hidden) {
      return;
    }
    const details = await this.#once(`details ${name}`, () => this.#askDetails(name, stats));
    if (details !== null && name === this.selected) {
      this.details = { ...this.details, ...details };
      this.#fire("details");
    }
  }

  /** Only what there is is asked for: a line that the figures call empty costs no question. */
  async #askDetails(name, stats) {
    const line = (side) =>
      stats.waiting[side] === 0
        ? { waiting: [], total: 0 }
        : this.manage(name, { op: "waiting", side, max: SHOWN });
    const [produce, consume, leased] = await Promise.all([
      line("produce"),
      line("consume"),
      this.#items(name, stats, "leased"),
    ]);
    return { produce, consume, leased };
  }

  async #items(name, stats, state) {
    if (stats.counts[state] === 0) {
      return [];
    }
    return (await this.manage(name, { op: "peek", state, max: this.#peekMax(stats) })).items;
  }

  /** Bodies come with what is peeked: so many items that they weigh little on average. */
  #peekMax(stats) {
    const total = Object.values(stats.counts).reduce((sum, number) => sum + number, 0);
    const each = Math.max(1, stats.bytes / Math.max(1, total));
    return Math.min(SHOWN, Math.max(1, Math.floor(PEEK_BYTES / each)));
  }

  async #refreshSlow() {
    const name = this.selected;
    if (name === null || document.hidden) {
      return;
    }
    if (!this.current?.isServed) {
      this.#stats(name);
    }
    this.#refreshDead();
    const answer = await this.#once(`audit ${name}`, () => this.manage(name, { op: "audit", max: SHOWN }));
    if (answer !== null && name === this.selected) {
      this.details = { ...this.details, audit: answer.changes };
      this.#fire("audit");
    }
  }

  /** The dead change seldom and weigh most: they are asked for when their number changes, and now and then. */
  async #refreshDead() {
    const name = this.selected;
    const stats = this.current?.stats;
    if (!stats) {
      return;
    }
    const parts = await this.#once(`dead ${name}`, () =>
      Promise.all(["held", "dead"].map((state) => this.#items(name, stats, state))),
    );
    if (parts !== null && name === this.selected) {
      this.details = { ...this.details, dead: parts.flat() };
      this.#fire("dead");
    }
  }
}
