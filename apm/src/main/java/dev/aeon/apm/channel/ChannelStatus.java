package dev.aeon.apm.channel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much a channel holds, and how far its readers are, at one moment.
 *
 * @param begin position of the first message that is kept
 * @param end a position after the last one's
 * @param byteSize how many bytes are kept; empty where that is not counted by channel
 * @param fileCount how many files it has, the active one included; zero where a server keeps it
 * @param readers by name
 */
public record ChannelStatus(
    ChannelName name,
    long begin,
    long end,
    OptionalLong byteSize,
    int fileCount,
    List<Reader> readers) {
  /**
   * One reader's place.
   *
   * @param position everything before it is settled
   * @param settledAbove how many messages after it are settled too; nothing where {@code shared}
   * @param shared where the reader has one place in all channels that end at it
   */
  public record Reader(String name, long position, long settledAbove, Optional<Shared> shared) {
    /** A reader with a place of its own in each channel. */
    public Reader(String name, long position, long settledAbove) {
      this(name, position, settledAbove, Optional.empty());
    }
  }

  /**
   * What is known of a place in all channels to a reader at once.
   *
   * @param deliveredTo what lies before this position was given to the reader
   * @param unsettledCount how many messages between its place and there are not settled, of all
   *     channels together
   */
  public record Shared(long deliveredTo, long unsettledCount) {}
}
