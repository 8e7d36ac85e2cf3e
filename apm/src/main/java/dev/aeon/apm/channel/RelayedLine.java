package dev.aeon.apm.channel;

import java.util.Optional;

/**
 * A copy of a line that its channel keeps.
 *
 * @param source the channel's name and the position of the line's first byte in it, as the peer
 *     says
 * @param line the bytes without their newline
 * @param certificateName as in {@link Delivery}
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record RelayedLine(Source source, byte[] line, Optional<String> certificateName) {}
