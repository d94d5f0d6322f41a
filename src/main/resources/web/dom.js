// The little that is needed to build and update the page: elements, texts, keyed lists. Never HTML from text.

export const byId = (id) => document.getElementById(id);

/** An element: h("td", {class: "num", "data-id": 7}, "text", child…). A property whose value is a function listens. */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === "function") {
      element.addEventListener(key, value);
    } else if (value === true) {
      element.setAttribute(key, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children);
  return element;
}

/** Writes a text only where it changed: an unchanged node keeps its selection and costs nothing. */
export function setText(element, text) {
  const wanted = String(text);
  if (element.textContent !== wanted) {
    element.textContent = wanted;
  }
}

export function setAttribute(element, name, value) {
  if (value === null || value === false) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== String(value)) {
    element.setAttribute(name, value);
  }
}

export function show(element, isShown) {
  if (element.hidden === isShown) {
    element.hidden = !isShown;
  }
}

/** A length in per cent, through the CSSOM: a style attribute is not allowed. */
export function setShare(element, share) {
  element.style.setProperty("--share", `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`);
}

/**
 * Makes the parent's children those of `items`, in order: kept by key, created where new, moved only
 * where they must, so that focus stays where it is.
 */
export function keyed(parent, items, keyOf, create, update) {
  const old = (parent.keyedChildren ??= new Map());
  const kept = new Map();
  let at = parent.firstChild;
  for (const item of items) {
    const key = keyOf(item);
    const element = old.get(key) ?? create(item);
    kept.set(key, element);
    old.delete(key);
    update(element, item);
    if (element === at) {
      at = at.nextSibling;
    } else {
      parent.insertBefore(element, at);
    }
  }
  old.forEach((element) => element.remove());
  parent.keyedChildren = kept;
}

/** Table rows of plain text cells: `cells` gives the texts of an item, `classes` their classes. */
export function textRows(body, items, keyOf, cells, classes, also = () => {}) {
  keyed(
    body,
    items,
    keyOf,
    () => h("tr", {}, ...classes.map((name) => h("td", { class: name }))),
    (row, item) => {
      cells(item).forEach((text, column) => setText(row.cells[column], text));
      also(row, item);
    },
  );
}
