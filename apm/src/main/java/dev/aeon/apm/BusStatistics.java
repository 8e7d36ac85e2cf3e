package dev.aeon.apm;

/**
 * What a bus has counted since it opened.
 *
 * @param sent messages that channels took over, answers included
 * @param received valid messages for this agent, answers included, copies not
 * @param refused valid messages answered with a NACK
 * @param quarantined inputs that are no message, or an answer to nothing we sent
 * @param duplicates copies of messages that were or are being handled
 * @param retried messages sent again
 * @param failed messages that failed for good
 * @param unconfirmed messages whose optional ACK never came
 * @param missing messages that a channel's numbers promised and that did not come
 * @param lateAnswers ACKs and NACKs of what we may have sent, too long ago to remember
 */
public record BusStatistics(
    long sent,
    long received,
    long refused,
    long quarantined,
    long duplicates,
    long retried,
    long failed,
    long unconfirmed,
    long missing,
    long lateAnswers) {}
