/**
 * The agent message protocol put together: message, validate, route, channel. Entry type: {@link
 * dev.aeon.apm.AgentBus}.
 */
package dev.aeon.apm;
