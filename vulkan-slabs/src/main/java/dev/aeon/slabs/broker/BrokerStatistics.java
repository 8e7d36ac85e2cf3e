package dev.aeon.slabs.broker;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * A broker as it stood when asked.
 *
 * @param shards those that serve, oldest first
 * @param clients those that are connected
 * @param subscriptionCount subscriptions to all topics
 * @param isSettled whether no range is held until a former shard has answered
 * @param deadWorkerCount workers whose requests went to others
 * @param handedOverCount requests that went to others so
 * @param tuningCount how often it has started or let go a worker by itself
 * @param answerNanos how long answers took, from the worker's ring to the client's: one request in
 *     sixteen
 */
public record BrokerStatistics(
    List<ShardStatistics> shards,
    List<ClientStatistics> clients,
    int subscriptionCount,
    boolean isSettled,
    long deadWorkerCount,
    long handedOverCount,
    long tuningCount,
    Histogram answerNanos) {}
