/**
 * What all transports over stream sockets share: connections from opening to last byte, as layers
 * of bytes and messages.
 *
 * <p>Entry types: {@link dev.aeon.sp.transport.stream.StreamPipe}, {@link
 * dev.aeon.sp.transport.stream.StreamListener}, {@link dev.aeon.sp.transport.stream.ByteStream},
 * {@link dev.aeon.sp.transport.stream.MessageStream}. Knows descriptors, readiness and SP's
 * framing; no addresses.
 */
package dev.aeon.sp.transport.stream;
