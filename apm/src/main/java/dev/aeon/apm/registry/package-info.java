/**
 * Which agents there are. Entry type: {@link dev.aeon.apm.registry.Registry}. Knows no messages but
 * the names of agents.
 */
package dev.aeon.apm.registry;
