package dev.aeon.apm.track;

/**
 * What became of a message's copies, one for each recipient (resolution 20).
 *
 * @param total how many there were
 * @param acked how many were acknowledged
 * @param nacked how many their recipients refused
 * @param failed how many came to nothing otherwise, for want of an answer say
 */
public record Tally(int total, int acked, int nacked, int failed) {}
