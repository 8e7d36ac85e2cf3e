package dev.aeon.apm.channel.nats;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.ErrorCode;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;

/**
 * Channels over one JetStream stream: a message goes to the subject {@code
 * {stream}.{receiver}.{sender}}, and each agent has one durable consumer of what is sent to it,
 * with explicit acknowledgement. An append completes once the server has stored the message, on as
 * many servers as the stream has replicas. Thread-safe.
 *
 * <p>The server must let messages of {@value #MIN_MAX_PAYLOAD} bytes pass ({@code max_payload});
 * the default of a megabyte leaves no room for headers. Subject names tell agents apart by case;
 * agent ids that differ by case alone should not be used.
 */
public final class NatsChannels implements Channels, AutoCloseable {
  private static final int HEADER_ROOM = 4096;
  static final int MIN_MAX_PAYLOAD = JsonCodec.MAX_BYTE_SIZE + HEADER_ROOM;
  static final int STREAM_NOT_FOUND = 10059;

  private final Connection connection;
  private final NatsOptions options;

  private NatsChannels(Connection connection, NatsOptions options) {
    this.connection = connection;
    this.options = options;
  }

  /**
   * Connects, and makes the stream where it is not there.
   *
   * @param url one server's or several, separated by commas: {@code nats://host:4222}
   * @throws ChannelException E_ROUTING_003 where no server can be reached, E_SYSTEM_003 where its
   *     limit for messages is too small, or the stream is kept on fewer servers than asked for
   */
  public static NatsChannels connect(String url, NatsOptions options) {
    return connect(ConnectionLog.addTo(Options.builder().server(url).maxReconnects(-1)), options);
  }

  /** As the general form, with everything that jnats can be told, such as TLS and credentials. */
  public static NatsChannels connect(Options connectionOptions, NatsOptions options) {
    return prepare(new NatsChannels(connection(connectionOptions), options));
  }

  static Connection connection(Options connectionOptions) {
    try {
      return Nats.connect(connectionOptions);
    } catch (IOException e) {
      throw unavailable("cannot connect: servers=" + connectionOptions.getServers(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public Channel open(AgentId sender, AgentId receiver) {
    String subject = Subjects.of(options.stream(), sender, receiver);
    try {
      Consumption consumption = new Consumption(connection, options.stream(), receiver.value());
      return new NatsChannel(
          connection.jetStream(),
          new ChannelName(sender, receiver),
          subject,
          options.publishTimeout(),
          consumption);
    } catch (IOException e) {
      throw unavailable("cannot open: subject=" + subject, e);
    }
  }

  /**
   * The receiving end, which goes on where it was. What an inbox before it did not settle comes
   * first; after a crash that takes until the server has given that inbox up ({@link
   * NatsOptions#ackWait}).
   *
   * @throws ChannelException E_SYSTEM_004 where an inbox of that agent is open, E_ROUTING_003 where
   *     the server does not answer
   */
  @Override
  public Inbox listen(AgentId receiver, InboxListener listener) {
    try {
      return NatsInbox.open(connection, options, receiver, listener);
    } catch (IOException | JetStreamApiException e) {
      throw unavailable("cannot listen: receiver=" + receiver, e);
    }
  }

  /** Closes the connection; channels and inboxes should be closed before. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static NatsChannels prepare(NatsChannels channels) {
    try {
      channels.requireRoomForMessages();
      channels.makeStream();
      return channels;
    } catch (IOException | JetStreamApiException e) {
      channels.close();
      throw unavailable("cannot make the stream: stream=" + channels.options.stream(), e);
    } catch (ChannelException e) {
      channels.close();
      throw e;
    }
  }

  private void requireRoomForMessages() {
    if (connection.getMaxPayload() < MIN_MAX_PAYLOAD) {
      throw new ChannelException(
          ErrorCode.E_SYSTEM_003,
          "the server's max_payload is too small: max_payload="
              + connection.getMaxPayload()
              + " needed="
              + MIN_MAX_PAYLOAD);
    }
  }

  private void makeStream() throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    try {
      requireReplicas(management.getStreamInfo(options.stream()).getConfiguration());
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() != STREAM_NOT_FOUND) {
        throw e;
      }
      management.addStream(stream());
    }
  }

  /** Who asks for three copies must not be served by one. */
  private void requireReplicas(StreamConfiguration present) {
    if (present.getReplicas() < options.replicas()) {
      throw new ChannelException(
          ErrorCode.E_SYSTEM_003,
          "the stream is kept on fewer servers than asked for: stream="
              + options.stream()
              + " replicas="
              + present.getReplicas()
              + " asked="
              + options.replicas());
    }
  }

  private StreamConfiguration stream() {
    return StreamConfiguration.builder()
        .name(options.stream())
        .subjects(Subjects.ofAll(options.stream()))
        .storageType(StorageType.File)
        .replicas(options.replicas())
        .maxAge(options.retention())
        .duplicateWindow(options.duplicateWindow())
        .build();
  }

  private static ChannelException unavailable(String message, Exception cause) {
    return new ChannelException(ErrorCode.E_ROUTING_003, message + " cause=" + cause, cause);
  }

  private static ChannelException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new ChannelException(ErrorCode.E_ROUTING_003, "interrupted", cause);
  }
}
