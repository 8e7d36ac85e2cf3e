/**
 * The rules of each pattern, one machine per file: a function of (state, event, now) that answers
 * through {@link dev.aeon.sp.protocol.Effects}.
 *
 * <p>Entry type: {@link dev.aeon.sp.protocol.ProtocolMachine}. Knows messages and pipes; never
 * sockets, threads or clocks. Source: sp-wire A3 and A4.
 */
package dev.aeon.sp.protocol;
