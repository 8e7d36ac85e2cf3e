package dev.aeon.slabs.interpreter;

/**
 * One launch of the shader: how many work groups, what is bound, and the push constants.
 *
 * @param count elements of a vector, columns of a matrix, or elements of this launch
 * @param selectFrom the first rank to select, of {@code TOPK}
 * @param selectTo the rank after the last to select, of {@code TOPK}
 */
record Dispatch(
    int groupCount,
    int codeIndex,
    int count,
    Window first,
    Window second,
    Window target,
    int selectFrom,
    int selectTo) {}
