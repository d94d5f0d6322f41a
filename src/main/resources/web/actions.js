// What a person can do to a queue. Each asks once, in a dialog, and says what it did.

import { ask, startDialog } from "./dialog.js";
import { byId } from "./dom.js";
import { count, plural } from "./format.js";

const PURGE_MAX = 10_000;
const INTEGER_MAX = 2_147_483_647;
const DOING = { produce: "producing", consume: "consuming" };
const PAUSED = {
  produce: "Puts wait in line, or are told that the queue is full, until you resume. Acknowledgements go on.",
  consume: "Takes wait in line, or are told that the queue is empty, until you resume. Acknowledgements go on.",
};

export function startActions(model) {
  startDialog();
  const on = (id, action) => byId(id).addEventListener("click", () => action(model, model.selected));
  on("do-put", put);
  on("do-capacity", capacity);
  on("do-kick", (m, queue) => kick(m, queue, null));
  on("do-purge", purge);
  on("do-pause-produce", (m, queue) => pause(m, queue, "produce"));
  on("do-pause-consume", (m, queue) => pause(m, queue, "consume"));
  byId("queue").addEventListener("click", (event) => {
    const button = event.target.closest("[data-kick]");
    if (button) {
      kick(model, model.selected, Number(button.dataset.kick));
    }
  });
}

/** Sends a change and asks for everything anew, whatever came of it. */
async function change(model, queue, by, request) {
  try {
    return await model.manage(queue, { ...request, by });
  } finally {
    model.changed();
  }
}

function put(model, queue) {
  ask({
    title: `Put an item into ${queue}`,
    text: "It goes in if there is room now and nobody waits in line.",
    submit: "Put",
    fields: [
      { name: "body", label: "Body (JSON)", kind: "json", value: '{"value": 1}' },
      { name: "key", label: "Key (optional): the same key is stored once", kind: "text", most: 128 },
      { name: "delayMs", label: "Delay in ms (optional)", kind: "whole", least: 0, most: INTEGER_MAX },
    ],
    run: async ({ body, key, delayMs, by }) => {
      const item = { body, ...(key && { key }), ...(delayMs && { delayMs }) };
      const answer = await model.produce(queue, { op: "put", producer: by, items: [item] });
      model.changed();
      if (answer.status !== "stored") {
        throw new Error(
          answer.paused
            ? "Not stored: producing is paused."
            : `Not stored: the queue is full, ${plural(answer.waiting, "producer")} in line.`,
        );
      }
      return answer.duplicates.length > 0
        ? `Already stored as item #${answer.ids[0]}.`
        : `Stored item #${answer.ids[0]} in ${queue} (${answer.receipt.durability}).`;
    },
  });
}

function pause(model, queue, side) {
  const isPaused = model.current.stats?.paused.includes(side);
  const verb = isPaused ? "Resume" : "Pause";
  ask({
    title: `${verb} ${DOING[side]} on ${queue}?`,
    text: isPaused ? "Whoever waits in line is served again." : PAUSED[side],
    submit: verb,
    fields: [],
    run: async ({ by }) => {
      await change(model, queue, by, { op: verb.toLowerCase(), side });
      return `${verb}d ${DOING[side]} on ${queue}.`;
    },
  });
}

function purge(model, queue) {
  ask({
    title: `Purge ${queue}?`,
    text: "Purged items are gone for good.",
    submit: "Purge",
    isDangerous: true,
    fields: [
      { name: "state", label: "State", kind: "choice", choices: ["ready", "delayed", "leased", "held", "dead"] },
      { name: "max", label: `At most so many (1 to ${count(PURGE_MAX)})`, kind: "whole", least: 1, most: PURGE_MAX, value: PURGE_MAX, isNeeded: true },
      { name: "olderThanMs", label: "Only older than so many ms (optional)", kind: "whole", least: 0, most: INTEGER_MAX },
    ],
    run: async ({ state, max, olderThanMs, by }) => {
      const request = { op: "purge", state, max, ...(olderThanMs && { olderThanMs }) };
      const { purged } = await change(model, queue, by, request);
      return `Purged ${plural(purged, `${state} item`)} from ${queue}.`;
    },
  });
}

function kick(model, queue, id) {
  ask({
    title: id === null ? `Kick an item of ${queue}` : `Kick item #${id} of ${queue}?`,
    text: "A dead, held or delayed item is ready again at once, its attempts counted from 0.",
    submit: "Kick",
    fields: id === null
      ? [{ name: "id", label: "Item number", kind: "whole", least: 1, most: Number.MAX_SAFE_INTEGER, isNeeded: true }]
      : [],
    run: async (values) => {
      const item = id ?? values.id;
      const answer = await change(model, queue, values.by, { op: "kick", id: item });
      if (answer.status !== "done") {
        throw new Error("Not done: the queue is full, a dead item needs room.");
      }
      return `Item #${item} of ${queue} is ready again.`;
    },
  });
}

function capacity(model, queue) {
  ask({
    title: `Change the capacity of ${queue}`,
    text: "Lowering it below what is inside drops nothing: the queue is full until it drains.",
    submit: "Change",
    fields: [
      { name: "capacity", label: "Capacity in items", kind: "whole", least: 1, most: INTEGER_MAX, value: model.current.capacity, isNeeded: true },
    ],
    run: async (values) => {
      const request = { op: "configure", settings: { capacity: values.capacity } };
      const { settings } = await change(model, queue, values.by, request);
      return `${queue} now holds up to ${plural(settings.capacity, "item")}.`;
    },
  });
}
