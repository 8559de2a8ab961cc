// What a scenario's state is, what it offers and where a choice leads. tests/vectors/scenario.json says it in cases, which
// this file and the generator's own explorer both run. Nothing here knows of pages, so Node can load it too.
(() => {
  "use strict";

  /** @type {Record<string, (left: number, right: number) => boolean>} */
  const COMPARE = {
    "<": (left, right) => left < right,
    "<=": (left, right) => left <= right,
    "=": (left, right) => left === right,
    "!=": (left, right) => left !== right,
    ">=": (left, right) => left >= right,
    ">": (left, right) => left > right,
  };

  /** @param {KebenCondition | null | undefined} when @param {KebenState} state @returns {boolean} */
  const holds = (when, state) => {
    if (!when) return true;
    const [word, ...rest] = when;
    const conditions = /** @type {KebenCondition[]} */ (rest);
    if (word === "and") return conditions.every((one) => holds(one, state));
    if (word === "or") return conditions.some((one) => holds(one, state));
    if (word === "not") return !holds(conditions[0], state);
    const [left, right] = /** @type {KebenOperand[]} */ (rest).map((one) =>
      typeof one === "number" ? one : state.values[one.variable],
    );
    return COMPARE[word](left, right);
  };

  /** @param {KebenState} state @param {number | undefined} mark */
  const fresh = (state, mark) => mark === undefined || !state.used.includes(mark);

  /** Whether one may still go to a place. @param {KebenScenario} data @param {KebenState} state @param {number | null} to */
  const open = (data, state, to) => to !== null && fresh(state, data.places[to].once);

  /** @param {KebenState} state @param {number | undefined} mark */
  const use = (state, mark) => {
    if (mark !== undefined && fresh(state, mark)) state.used = [...state.used, mark].sort((a, b) => a - b);
  };

  /**
   * Arrives at a place, and goes on from there as long as a branch holds.
   * @param {KebenScenario} data
   * @param {KebenState} state
   * @param {number} place
   * @returns {KebenStep}
   */
  const enter = (data, state, place) => {
    /** @type {[number, number][]} */
    const passed = [];
    const arrive = (/** @type {number} */ at) => {
      state.at = at;
      use(state, data.places[at].once);
    };
    arrive(place);
    while (passed.length < data.places.length) {
      const { ending, branches = [] } = data.places[state.at];
      const branch = ending ? -1 : branches.findIndex(({ when, to }) => holds(when, state) && open(data, state, to));
      if (branch < 0) break;
      passed.push([state.at, branch]);
      arrive(/** @type {number} */ (branches[branch].to));
    }
    return { state, passed };
  };

  /** @type {KebenWalk} */
  const walk = {
    start: (data) => enter(data, { at: 0, values: data.variables.map(({ start }) => start), used: [] }, 0),

    offered(data, state) {
      const { ending, choices = [] } = data.places[state.at];
      return ending
        ? []
        : choices.flatMap(({ when, once, to }, at) =>
            holds(when, state) && fresh(state, once) && open(data, state, to) ? [at] : [],
          );
    },

    step(data, before, choice) {
      const taken = data.places[before.at].choices?.[choice];
      const state = { ...before, values: [...before.values] };
      if (!taken) return { state, passed: [] };
      for (const { variable, add, set } of taken.effects || []) {
        const { least, most } = data.variables[variable];
        state.values[variable] = Math.min(most, Math.max(least, set ?? state.values[variable] + (add ?? 0)));
      }
      use(state, taken.once);
      return taken.to === null ? { state, passed: [] } : enter(data, state, taken.to);
    },
  };

  globalThis.keben = Object.assign(globalThis.keben || {}, { walk });
})();
