/**
 * An agent process: joins the fleet, counts and embeds the shards it is given, answers queries
 * about them. Entry type: {@link dev.aeon.fleet.agent.AgentProcess}. Must not know other agents.
 */
package dev.aeon.fleet.agent;
