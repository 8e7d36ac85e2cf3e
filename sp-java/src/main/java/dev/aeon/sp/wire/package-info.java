/**
 * The bytes of SP: greeting, message framing, protocol numbers and the memory a message travels in.
 *
 * <p>Entry types: {@link dev.aeon.sp.wire.Packet}, {@link dev.aeon.sp.wire.FrameDecoder}, {@link
 * dev.aeon.sp.wire.Greeting}. Knows no sockets, threads, clocks or protocol rules.
 */
package dev.aeon.sp.wire;
