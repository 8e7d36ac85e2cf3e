/**
 * Connections between machines, over the sockets of SP: a ring at each end, and what is written
 * into the one is read from the other. The only package here that knows SP. Entry type: {@link
 * dev.aeon.slabs.transport.sp.SpTransport}.
 */
package dev.aeon.slabs.transport.sp;
