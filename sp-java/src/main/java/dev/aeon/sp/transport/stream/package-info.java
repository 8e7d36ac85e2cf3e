/**
 * What ipc and tcp share: connections over stream sockets, from greeting to last byte.
 *
 * <p>Entry types: {@link dev.aeon.sp.transport.stream.StreamPipe}, {@link
 * dev.aeon.sp.transport.stream.StreamListener}. Knows descriptors, readiness and framing; no
 * addresses.
 */
package dev.aeon.sp.transport.stream;
