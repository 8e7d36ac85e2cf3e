package dev.aeon.sp.transport;

/**
 * Limits of a socket's pipes.
 *
 * @param maxReceiveByteSize largest message to accept; 0 for no limit
 * @param handshakeNanos how long a peer may take to greet
 * @param stallNanos how long a message begun may go without a byte
 * @param tcpNoDelay send small packets at once
 * @param tcpKeepAlive probe idle connections
 */
public record TransportSettings(
    long maxReceiveByteSize,
    long handshakeNanos,
    long stallNanos,
    boolean tcpNoDelay,
    boolean tcpKeepAlive) {}
