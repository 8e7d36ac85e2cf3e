package dev.aeon.slabs.broker;

/**
 * A shard as it stood when asked.
 *
 * @param id unique in its broker, from 1
 * @param peer who works there
 * @param rangeCount of 4096 ranges of hashes
 * @param capacity bytes of the worker's ring
 * @param fillByteSize bytes of it that the worker has not taken
 * @param highWaterByteSize the most that was
 * @param recordCount requests sent to it
 * @param byteCount their bytes
 * @param answeredCount requests it has answered
 * @param stallCount how often a request found the ring full
 */
public record ShardStatistics(
    int id,
    String peer,
    int rangeCount,
    long capacity,
    long fillByteSize,
    long highWaterByteSize,
    long recordCount,
    long byteCount,
    long answeredCount,
    long stallCount) {}
