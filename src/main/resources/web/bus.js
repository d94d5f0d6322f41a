// A client of the event bus over SockJS' raw web socket: one JSON object a frame
// ({"type":"send","address","replyAddress","body"} and so on). It connects again by itself.

const PING_MS = 5000;
const SILENCE_MS = 15000;
const ANSWER_MS = 10000;
const AGAIN_MS = { first: 250, most: 4000 };

/** The node's http.frameBytesMax unless it is configured; what is larger goes through its API. */
const FRAME_BYTES_MAX = 65536;

/** Why a request has no answer. `kind` is refused (nothing was done), nobody (nobody serves it: nothing was done) or unknown. */
export class BusError extends Error {
  constructor(kind, code, message) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}

function failure(frame) {
  switch (frame.failureType) {
    case "RECIPIENT_FAILURE":
      return new BusError(frame.failureCode === 504 ? "unknown" : "refused", frame.failureCode, frame.message);
    case "NO_HANDLERS":
      return new BusError("nobody", 0, "Nobody serves this queue now.");
    default:
      return new BusError("unknown", 0, frame.message || "The node did not answer in time.");
  }
}

export class Bus extends EventTarget {
  #url;
  #socket = null;
  #asked = new Map();
  #listeners = new Map();
  #next = 1;
  #heardAt = 0;
  #againMs = AGAIN_MS.first;
  #againTimer = 0;

  /** Fires "open" and "closed"; the latter's `detail` is in how many milliseconds it tries again. */
  constructor(url) {
    super();
    this.#url = url;
    setInterval(() => this.#beat(), PING_MS);
  }

  get isOpen() {
    return this.#socket !== null && this.#socket.readyState === WebSocket.OPEN;
  }

  connect() {
    clearTimeout(this.#againTimer);
    if (this.#socket !== null) {
      return;
    }
    const socket = new WebSocket(this.#url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#heard(event.data);
    socket.onclose = () => this.#lost(socket);
    this.#socket = socket;
    this.#heardAt = performance.now();
  }

  /** Asks, and gives the answer's body; rejects with a BusError. */
  request(address, body, answerMs = ANSWER_MS) {
    if (!this.isOpen) {
      return Promise.reject(new BusError("nobody", 0, "Not connected: nothing was sent."));
    }
    const replyAddress = `r${this.#next++}`;
    const frame = JSON.stringify({ type: "send", address, replyAddress, headers: {}, body });
    if (new TextEncoder().encode(frame).length > FRAME_BYTES_MAX) {
      const text = "Too large for this page: nothing was sent. The HTTP API takes it.";
      return Promise.reject(new BusError("refused", 413, text));
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#asked.delete(replyAddress);
        reject(new BusError("unknown", 0, "The node did not answer in time."));
      }, answerMs);
      this.#asked.set(replyAddress, { resolve, reject, timer });
      this.#socket.send(frame);
    });
  }

  /** Hears what is published at an address, over reconnects too. One listener an address. */
  listen(address, listener) {
    this.#listeners.set(address, listener);
    this.#send({ type: "register", address, headers: {} });
  }

  unlisten(address) {
    if (this.#listeners.delete(address)) {
      this.#send({ type: "unregister", address, headers: {} });
    }
  }

  #send(frame) {
    if (this.isOpen) {
      this.#socket.send(JSON.stringify(frame));
    }
  }

  #opened() {
    this.#againMs = AGAIN_MS.first;
    this.#beat();
    for (const address of this.#listeners.keys()) {
      this.#send({ type: "register", address, headers: {} });
    }
    this.dispatchEvent(new Event("open"));
  }

  #heard(data) {
    this.#heardAt = performance.now();
    const frame = JSON.parse(typeof data === "string" ? data : new TextDecoder().decode(data));
    const asked = this.#asked.get(frame.address);
    if (asked) {
      this.#asked.delete(frame.address);
      clearTimeout(asked.timer);
      frame.type === "err" ? asked.reject(failure(frame)) : asked.resolve(frame.body);
    } else if (frame.type === "rec") {
      this.#listeners.get(frame.address)?.(frame.body);
    }
  }

  /** The node closes a connection that does not ping; a node that says nothing any more is given up. */
  #beat() {
    if (this.#socket === null) {
      return;
    }
    const isDue = this.#asked.size > 0 || !this.isOpen;
    if (isDue && performance.now() - this.#heardAt > SILENCE_MS) {
      this.#lost(this.#socket);
      return;
    }
    this.#send({ type: "ping" });
  }

  #lost(socket) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = null;
    socket.close();
    for (const asked of this.#asked.values()) {
      clearTimeout(asked.timer);
      asked.reject(new BusError("unknown", 0, "The connection was lost before the answer came."));
    }
    this.#asked.clear();
    const inMs = this.#againMs * (0.8 + 0.4 * Math.random());
    this.#againMs = Math.min(2 * this.#againMs, AGAIN_MS.most);
    this.#againTimer = setTimeout(() => this.connect(), inMs);
    this.dispatchEvent(new CustomEvent("closed", { detail: Math.round(inMs) }));
  }
}
