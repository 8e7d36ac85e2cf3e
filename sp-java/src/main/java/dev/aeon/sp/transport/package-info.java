/**
 * The SPI of transports: what moves packets between two sockets, and what a socket offers to it.
 *
 * <p>Entry type: {@link dev.aeon.sp.transport.Transport}. Knows packets and connections; never
 * protocol rules.
 */
package dev.aeon.sp.transport;
