package dev.aeon.apm.channel.sp;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Relay;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.sp.SpAddressException;
import dev.aeon.sp.TlsConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Channels over SP: an agent binds one PULL socket as its inbox, senders dial PUSH sockets to it,
 * and each line is one SP message. Connections come and go in the background: a message waits in
 * memory until its receiver can be reached. Nothing is kept on disk, unless the files of {@code
 * NdjsonChannels} keep it and these are their relay. Thread-safe.
 */
public final class SpChannels implements Channels {
  private final Function<AgentId, Optional<String>> urls;
  private final Optional<TlsConfig> tls;

  private SpChannels(Function<AgentId, Optional<String>> urls, Optional<TlsConfig> tls) {
    this.urls = urls;
    this.tls = tls;
  }

  /**
   * Over any SP transport.
   *
   * @param urls where each agent's inbox is ({@code ipc://}, {@code tcp://}, {@code inproc://},
   *     {@code shm://}); empty for an agent without one. Asked from any thread at each opening
   */
  public static SpChannels at(Function<AgentId, Optional<String>> urls) {
    return new SpChannels(urls, Optional.empty());
  }

  /** Over Unix sockets {@code {agentId}.sock} in a directory, which must exist. */
  public static SpChannels ipc(Path directory) {
    String prefix = "ipc://" + directory.toAbsolutePath() + "/";
    return at(agentId -> Optional.of(prefix + agentId + ".sock"));
  }

  /** Within this process, under names that begin with {@code prefix}. */
  public static SpChannels inproc(String prefix) {
    return at(agentId -> Optional.of("inproc://" + prefix + "/" + agentId));
  }

  /** At fixed URLs, such as {@code tcp://host:port}. */
  public static SpChannels at(Map<AgentId, String> urls) {
    Map<AgentId, String> fixed = Map.copyOf(urls);
    return at(agentId -> Optional.ofNullable(fixed.get(agentId)));
  }

  /**
   * These channels with agent certificates, for {@code tls+tcp://}: a peer must show one that is
   * trusted, and may speak for the agent alone that is its common name.
   *
   * @param config with this agent's certificate and those that vouch for the others', and asking
   *     for peers' certificates by {@link TlsConfig.AuthMode#REQUIRED}
   */
  public SpChannels withTls(TlsConfig config) {
    return new SpChannels(urls, Optional.of(config));
  }

  /**
   * These sockets as a fast way beside channels that keep their lines, such as files. An agent's
   * URL serves one of both: a relay, or these channels by themselves.
   */
  public Relay asRelay() {
    return new SpRelay(this);
  }

  /**
   * The sending end.
   *
   * @throws ChannelException E_ROUTING_003 where the receiver has no URL or one that cannot be
   *     dialled
   */
  @Override
  public Channel open(AgentId sender, AgentId receiver) {
    String url = url(receiver);
    try {
      return SpChannel.dial(url, tls);
    } catch (SpAddressException e) {
      throw unavailable("cannot dial: receiver=" + receiver + " url=" + url, e);
    }
  }

  @Override
  public Inbox listen(AgentId receiver, InboxListener listener) {
    return listen(receiver, url -> new LineTaker(url, listener));
  }

  Inbox listen(AgentId receiver, Function<String, SpInbox.Taker> taker) {
    String url = url(receiver);
    try {
      return SpInbox.listen(url, tls, taker);
    } catch (SpAddressException e) {
      throw unavailable("cannot listen: receiver=" + receiver + " url=" + url, e);
    }
  }

  SpChannel dialForRelay(AgentId receiver) {
    String url = url(receiver);
    try {
      return SpChannel.dialForRelay(url, tls);
    } catch (SpAddressException e) {
      throw unavailable("cannot dial: receiver=" + receiver + " url=" + url, e);
    }
  }

  private String url(AgentId agentId) {
    return urls.apply(agentId)
        .orElseThrow(() ->
            new ChannelException(ErrorCode.E_ROUTING_003, "no URL is known: agentId=" + agentId));
  }

  private static ChannelException unavailable(String message, SpAddressException cause) {
    return new ChannelException(
        ErrorCode.E_ROUTING_003, message + " cause=" + cause.getMessage(), cause);
  }
}
