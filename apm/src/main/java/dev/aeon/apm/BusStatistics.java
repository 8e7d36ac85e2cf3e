package dev.aeon.apm;

/**
 * What a bus has counted since it opened.
 *
 * @param sent messages that channels took over, answers included
 * @param received valid messages for this agent, answers included
 * @param refused valid messages answered with a NACK
 * @param quarantined inputs that are no message, or an answer to nothing we sent
 */
public record BusStatistics(long sent, long received, long refused, long quarantined) {}
