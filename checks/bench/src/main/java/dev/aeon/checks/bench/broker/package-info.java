/**
 * What a broker carries, and what it adds to a round trip, beside sockets that meet without one.
 * Entry type: {@link dev.aeon.checks.bench.broker.BrokerBench}.
 */
package dev.aeon.checks.bench.broker;
