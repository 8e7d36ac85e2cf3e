/**
 * Small means that several packages share; not exported. Entry type: {@link
 * dev.aeon.apm.internal.Threads}. Knows nothing of agents and messages.
 */
package dev.aeon.apm.internal;
