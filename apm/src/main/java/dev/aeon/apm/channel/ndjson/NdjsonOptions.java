package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.Durability;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How file channels keep their messages.
 *
 * @param durability when an append completes
 * @param rotateByteSize the active file's size from which the next begins; positive
 * @param rotateAge the active file's age from which the next begins
 * @param retention how long a rotated file is kept at least, however soon all its readers are done;
 *     one that a reader still needs is kept in any case
 * @param compactAfter from what age on a rotated file whose readers are done is packed as gzip,
 *     less the states in it that a later one replaces; empty: never. Every tool reads plain files,
 *     of packed ones {@code zcat} shows the lines
 * @param reader under what name an inbox keeps its place; empty: the receiving agent's id. Readers
 *     of different names each get every message
 * @param readCommitted whether an inbox waits until what was written counts as sent, so that no
 *     answer is earlier than the confirmation of what it answers; else it delivers what is written
 * @param clock what ages are measured by
 */
public record NdjsonOptions(
    Durability durability,
    long rotateByteSize,
    Duration rotateAge,
    Duration retention,
    Optional<Duration> compactAfter,
    Optional<String> reader,
    boolean readCommitted,
    InstantSource clock) {
  private static final String READER_GRAMMAR = "[A-Za-z0-9]([A-Za-z0-9_-]{0,62}[A-Za-z0-9])?";

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException where one is out of range
   */
  public NdjsonOptions {
    if (rotateByteSize <= 0) {
      throw new IllegalArgumentException("not positive: rotateByteSize=" + rotateByteSize);
    }
    if (rotateAge.isNegative() || rotateAge.isZero() || retention.isNegative()) {
      throw new IllegalArgumentException(
          "out of range: rotateAge=" + rotateAge + " retention=" + retention);
    }
    if (compactAfter.isPresent() && compactAfter.get().isNegative()) {
      throw new IllegalArgumentException("out of range: compactAfter=" + compactAfter.get());
    }
    if (reader.isPresent() && !reader.get().matches(READER_GRAMMAR)) {
      throw new IllegalArgumentException("not a legal reader name: reader=" + reader.get());
    }
  }

  /** Durable; a file per 64 MiB or day, kept for a week. */
  public static NdjsonOptions defaults() {
    return new NdjsonOptions(
        Durability.DURABLE,
        64L << 20,
        Duration.ofDays(1),
        Duration.ofDays(7),
        Optional.empty(),
        Optional.empty(),
        true,
        InstantSource.system());
  }

  public NdjsonOptions withDurability(Durability durability) {
    return changed(copy -> copy.durability = durability);
  }

  public NdjsonOptions withRotation(long rotateByteSize, Duration rotateAge) {
    return changed(copy -> {
      copy.rotateByteSize = rotateByteSize;
      copy.rotateAge = rotateAge;
    });
  }

  public NdjsonOptions withRetention(Duration retention) {
    return changed(copy -> copy.retention = retention);
  }

  public NdjsonOptions withCompaction(Duration compactAfter) {
    return changed(copy -> copy.compactAfter = Optional.of(compactAfter));
  }

  public NdjsonOptions withReader(String reader) {
    return changed(copy -> copy.reader = Optional.of(reader));
  }

  public NdjsonOptions withReadCommitted(boolean readCommitted) {
    return changed(copy -> copy.readCommitted = readCommitted);
  }

  public NdjsonOptions withClock(InstantSource clock) {
    return changed(copy -> copy.clock = clock);
  }

  private NdjsonOptions changed(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.options();
  }

  /** Options on their way to become others. */
  private static final class Copy {
    private Durability durability;
    private long rotateByteSize;
    private Duration rotateAge;
    private Duration retention;
    private Optional<Duration> compactAfter;
    private Optional<String> reader;
    private boolean readCommitted;
    private InstantSource clock;

    Copy(NdjsonOptions options) {
      durability = options.durability;
      rotateByteSize = options.rotateByteSize;
      rotateAge = options.rotateAge;
      retention = options.retention;
      compactAfter = options.compactAfter;
      reader = options.reader;
      readCommitted = options.readCommitted;
      clock = options.clock;
    }

    NdjsonOptions options() {
      return new NdjsonOptions(
          durability,
          rotateByteSize,
          rotateAge,
          retention,
          compactAfter,
          reader,
          readCommitted,
          clock);
    }
  }
}
