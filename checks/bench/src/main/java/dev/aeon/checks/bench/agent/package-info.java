/**
 * Agents' messages over every kind of channel, beside a broker and a log that would be picked
 * instead.
 *
 * <p>Entry type: {@link dev.aeon.checks.bench.agent.AgentRun}.
 */
package dev.aeon.checks.bench.agent;
