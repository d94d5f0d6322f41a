// The last 15 minutes of one queue, kept in the page: the node keeps none.

export const KEPT_S = 900;
const NARROW_S = 1;

/** Figures of a sample, in the order of the columns behind the time. */
const COLUMNS = [
  (stats) => held(stats.counts),
  (stats) => stats.counts.ready,
  (stats) => stats.counts.leased,
  (stats) => stats.capacity,
  (stats) => stats.perSecond.put,
  (stats) => stats.perSecond.take,
  (stats) => stats.perSecond.ack,
  (stats) => stats.waitMs.produce.p50,
  (stats) => stats.waitMs.produce.p99,
  (stats) => stats.waitMs.consume.p50,
  (stats) => stats.waitMs.consume.p99,
];

/** What counts against the capacity: all but the dead. */
export function held(counts) {
  return counts.stored + counts.ready + counts.delayed + counts.leased + counts.held;
}

export class History {
  /** Times in seconds, then a column a figure; null where nothing was known. */
  columns = [[], ...COLUMNS.map(() => [])];

  /** Adds a sample, or says false where one of this second is there. */
  add(stats, nowS) {
    const times = this.columns[0];
    if (times.length > 0 && nowS - times[times.length - 1] < NARROW_S) {
      return false;
    }
    this.#push(nowS, COLUMNS.map((figure) => figure(stats)));
    let old = 0;
    while (times[old] < nowS - KEPT_S) {
      old++;
    }
    if (old > 0) {
      this.columns.forEach((column) => column.splice(0, old));
    }
    return true;
  }

  /** Nothing is known from here to the next sample: lines are broken there. */
  gap(nowS) {
    if (this.columns[0].length > 0) {
      this.#push(nowS, COLUMNS.map(() => null));
    }
  }

  #push(nowS, figures) {
    this.columns[0].push(nowS);
    figures.forEach((figure, at) => this.columns[at + 1].push(figure));
  }
}
