package dev.aeon.apm.channel;

import dev.aeon.apm.schema.Violation;
import java.util.List;

/**
 * Input that is no message of the protocol.
 *
 * @param source where it was read
 * @param raw its bytes, of an over-long line the first ones
 * @param byteSize how many bytes it had in all
 * @param violations what is wrong with it
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record BadInput(Source source, byte[] raw, long byteSize, List<Violation> violations) {}
