package dev.aeon.slabs.broker;

/**
 * A client as it stood when asked.
 *
 * @param id unique in its broker, from 1
 * @param peer who it is
 * @param requestFillByteSize bytes of its requests that the broker has not taken
 * @param responseCapacity bytes of its response slab
 * @param responseFillByteSize bytes of it that the client has not read
 * @param responseHighWaterByteSize the most that was, as seen between turns of the broker
 * @param recordCount frames sent to it
 * @param byteCount their bytes
 * @param stallCount how often a request had to wait for room in the response slab
 * @param dropCount published items that found no room
 */
public record ClientStatistics(
    long id,
    String peer,
    long requestFillByteSize,
    long responseCapacity,
    long responseFillByteSize,
    long responseHighWaterByteSize,
    long recordCount,
    long byteCount,
    long stallCount,
    long dropCount) {}
