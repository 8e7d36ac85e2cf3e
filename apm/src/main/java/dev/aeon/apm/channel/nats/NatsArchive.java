package dev.aeon.apm.channel.nats;

import dev.aeon.apm.channel.Archive;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.channel.ChannelStatus;
import dev.aeon.apm.channel.ChannelStatus.Reader;
import dev.aeon.apm.channel.ChannelStatus.Shared;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Scan;
import dev.aeon.apm.schema.ErrorCode;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Options;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.StreamState;
import io.nats.client.api.Subject;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * What a JetStream stream of {@link NatsChannels} keeps. Positions are the stream's, which all its
 * channels share. Looks by ordered consumers of its own, which the server forgets with them.
 */
public final class NatsArchive implements Archive, AutoCloseable {
  private final Connection connection;
  private final String stream;

  private NatsArchive(Connection connection, String stream) {
    this.connection = connection;
    this.stream = stream;
  }

  /**
   * Connects.
   *
   * @param url one server's or several, separated by commas: {@code nats://host:4222}
   * @throws ChannelException E_ROUTING_003 where no server can be reached, or has that stream
   */
  public static NatsArchive connect(String url, String stream) {
    return connect(ConnectionLog.addTo(Options.builder().server(url)), stream);
  }

  /** As the general form, with everything that jnats can be told, such as TLS and credentials. */
  public static NatsArchive connect(Options connectionOptions, String stream) {
    NatsArchive archive = new NatsArchive(NatsChannels.connection(connectionOptions), stream);
    try {
      StreamState _ = archive.state();
      return archive;
    } catch (ChannelException e) {
      archive.close();
      throw e;
    }
  }

  @Override
  public List<ChannelName> channels() {
    return state().getSubjects().stream()
        .map(Subject::getName)
        .map(Subjects::channel)
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(ChannelName::toString))
        .toList();
  }

  /**
   * How far a receiver is: one consumer takes all channels to it, of which the server tells how
   * many messages it was given and has not settled, and not which.
   */
  @Override
  public ChannelStatus status(ChannelName name) {
    StreamState state = state();
    String reader = name.receiver().value();
    Reader place =
        consumer(name).map(info -> reader(reader, info)).orElseGet(() -> new Reader(reader, 0, 0));
    return new ChannelStatus(
        name,
        state.getFirstSequence(),
        state.getLastSequence() + 1,
        OptionalLong.empty(),
        0,
        List.of(place));
  }

  private static Reader reader(String name, ConsumerInfo info) {
    Shared shared =
        new Shared(info.getDelivered().getStreamSequence() + 1, info.getNumAckPending());
    long position = info.getAckFloor().getStreamSequence() + 1;
    return new Reader(name, position, 0, Optional.of(shared));
  }

  @Override
  public Scan scan(Predicate<ChannelName> wanted, InboxListener listener) {
    return scanFrom(1, wanted, listener);
  }

  /** Where some channels are not wanted, the stream is read from its beginning. */
  @Override
  public Scan scanLast(int lineCount, Predicate<ChannelName> wanted, InboxListener listener) {
    StreamState state = state();
    boolean isWhole =
        state.getSubjects().stream()
            .allMatch(each -> Subjects.channel(each.getName()).filter(wanted).isPresent());
    long start =
        isWhole || lineCount == 0 ? Math.max(1, state.getLastSequence() - lineCount + 1) : 1;
    return scanFrom(start, wanted, listener);
  }

  /** Closes the connection; scans should be closed before. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Scan scanFrom(long sequence, Predicate<ChannelName> wanted, InboxListener listener) {
    try {
      return NatsScan.open(connection, stream, sequence, wanted, listener);
    } catch (IOException | JetStreamApiException e) {
      throw unreadable(e);
    }
  }

  private StreamState state() {
    try {
      return connection
          .jetStreamManagement()
          .getStreamInfo(stream, StreamInfoOptions.allSubjects())
          .getStreamState();
    } catch (IOException | JetStreamApiException e) {
      throw unreadable(e);
    }
  }

  private Optional<ConsumerInfo> consumer(ChannelName name) {
    try {
      JetStreamManagement management = connection.jetStreamManagement();
      return Optional.of(management.getConsumerInfo(stream, name.receiver().value()));
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == Consumption.CONSUMER_NOT_FOUND) {
        return Optional.empty(); // the receiver was never there
      }
      throw unreadable(e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private ChannelException unreadable(Exception cause) {
    boolean isMissing =
        cause instanceof JetStreamApiException e
            && e.getApiErrorCode() == NatsChannels.STREAM_NOT_FOUND;
    return new ChannelException(
        ErrorCode.E_ROUTING_003,
        (isMissing ? "no agents have sent by this stream: stream=" : "cannot read: stream=")
            + stream
            + " cause="
            + cause.getMessage(),
        cause);
  }
}
