package dev.aeon.apm.channel.sp;

import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.Relay;
import dev.aeon.apm.message.AgentId;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lines go as {@link RelayFrame}s to where their receiver's inbox is. */
final class SpRelay implements Relay {
  private static final Logger LOG = LoggerFactory.getLogger(SpRelay.class);

  private final SpChannels channels;

  SpRelay(SpChannels channels) {
    this.channels = channels;
  }

  @Override
  public Sending open(AgentId sender, AgentId receiver) {
    return new Frames(channels.dialForRelay(receiver), sender + "_to_" + receiver);
  }

  @Override
  public Inbox listen(AgentId receiver, Sink sink) {
    return channels.listen(
        receiver,
        url ->
            (message, certificateName) ->
                RelayFrame.decode(message, certificateName)
                    .ifPresentOrElse(
                        sink::onLine,
                        () -> LOG.debug("no frame: url={} byteSize={}", url, message.byteSize())));
  }

  private static final class Frames implements Sending {
    private final SpChannel channel;
    private final byte[] name;

    Frames(SpChannel channel, String name) {
      this.channel = channel;
      this.name = name.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    @SuppressWarnings({"FutureReturnValueIgnored", "MustBeClosed"}) // lost is lost; handed over
    public void offer(long position, byte[] line) {
      channel.send(RelayFrame.encode(name, position, line));
    }

    @Override
    public void close() {
      channel.close();
    }
  }
}
