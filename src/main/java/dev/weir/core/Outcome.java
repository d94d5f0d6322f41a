package dev.weir.core;

import java.util.List;

/**
 * What came of a step.
 *
 * @param events what must survive, applied to the state already, in order
 * @param answers for this caller and for others whose turn came
 * @param again a command to step with next, because this step reached its bound; else null
 * @param againCaller who asked for it, null where nobody did
 */
public record Outcome(
    List<Event> events, List<Answer> answers, Command again, Caller againCaller) {}
