package dev.aeon.apm.cli;

import dev.aeon.apm.channel.Archive;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Quarantine;
import dev.aeon.apm.channel.nats.NatsArchive;
import dev.aeon.apm.channel.nats.NatsChannels;
import dev.aeon.apm.channel.nats.NatsOptions;
import dev.aeon.apm.schema.ErrorCode;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A JetStream stream. Confined to one thread. */
final class NatsBackend implements Backend {
  private final String servers;
  private final NatsOptions options;
  private @Nullable NatsArchive archive;
  private @Nullable NatsChannels channels;

  /** As {@code nats://host:4222} says, and after it {@code ?stream=name&replicas=3}. */
  NatsBackend(String url) {
    int at = url.indexOf('?');
    this.servers = at < 0 ? url : url.substring(0, at);
    this.options = at < 0 ? NatsOptions.defaults() : options(url.substring(at + 1));
  }

  @Override
  public Archive archive() {
    NatsArchive open = archive;
    if (open == null) {
      open = connected(() -> NatsArchive.connect(servers, options.stream()));
      archive = open;
    }
    return open;
  }

  @Override
  public Channels channels(Quarantine quarantine) {
    NatsChannels open = channels;
    if (open == null) {
      open = connected(() -> NatsChannels.connect(servers, options));
      channels = open;
    }
    return open;
  }

  @Override
  public void close() {
    if (archive != null) {
      archive.close();
    }
    if (channels != null) {
      channels.close();
    }
  }

  private <T> T connected(Supplier<T> connecting) {
    try {
      return connecting.get();
    } catch (IllegalArgumentException e) {
      throw CliException.refused(
          ErrorCode.E_VALIDATION_004, "not a server's address: bus=" + servers);
    }
  }

  private static NatsOptions options(String query) {
    NatsOptions options = NatsOptions.defaults();
    try {
      for (String each : query.split("&", -1)) {
        options = with(each, options);
      }
      return options;
    } catch (IllegalArgumentException e) {
      throw CliException.refused(
          ErrorCode.E_VALIDATION_004, "not a stream's options: cause=" + e.getMessage());
    }
  }

  private static NatsOptions with(String option, NatsOptions options) {
    int at = option.indexOf('=');
    String value = option.substring(at + 1);
    return switch (option.substring(0, Math.max(at, 0))) {
      case "stream" -> options.withStream(value);
      case "replicas" -> options.withReplicas(count(value));
      default ->
          throw new IllegalArgumentException("neither stream=NAME nor replicas=COUNT: " + option);
    };
  }

  private static int count(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a number: replicas=" + text, e);
    }
  }
}
