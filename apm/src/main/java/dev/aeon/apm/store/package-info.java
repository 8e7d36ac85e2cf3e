/**
 * What an agent must not forget when its process ends, as files below the APM directory: messages
 * under way, messages handled, messages that failed. Entry type: {@link
 * dev.aeon.apm.store.AgentStore}. Knows no channels.
 */
package dev.aeon.apm.store;
