package dev.aeon.apm.channel.shared;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.sp.Message;
import dev.aeon.sp.ReqContext;
import dev.aeon.sp.ReqSocket;
import dev.aeon.sp.SpAddressException;
import dev.aeon.sp.SpConnectionLostException;
import dev.aeon.sp.SpException;
import dev.aeon.sp.SpNoPeerException;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the owner of a channel, whoever that is at the moment. Appends are one thread's. */
final class Guest implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Guest.class);
  private static final Duration RECONNECT_MAX = Duration.ofMillis(100);
  private static final Duration REMINDING_PATIENCE = Duration.ofSeconds(2);
  private static final long CONNECTING_PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

  private final Way way;
  private final ReqSocket socket = ReqSocket.open();
  private final long openedNanos = System.nanoTime();

  Guest(Way way) {
    this.way = way;
    try {
      socket.set(SpOptions.RESEND_TIME, Duration.ZERO);
      socket.set(SpOptions.FAIL_WITHOUT_PEER, true);
      socket.set(SpOptions.RECONNECT_MAX, RECONNECT_MAX);
      var _ = socket.dial(way.url());
    } catch (SpAddressException e) {
      socket.close();
      throw new ChannelException(
          ErrorCode.E_ROUTING_003, "cannot reach the owner: url=" + way.url() + " cause=" + e, e);
    }
  }

  /**
   * Has lines appended.
   *
   * @return what became of each; empty where nobody is there, or went away before answering
   * @throws ChannelException E_ROUTING_003 where the owner does not answer
   */
  Optional<List<byte[]>> append(List<byte[]> lines) {
    try {
      socket.send(Frames.append(lines));
      try (Message answer = socket.receive(way.patience())) {
        List<byte[]> outcomes = Frames.lines(answer);
        requireEach(lines, outcomes);
        return Optional.of(outcomes);
      }
    } catch (SpNoPeerException | SpConnectionLostException _) {
      return Optional.empty();
    } catch (SpTimeoutException e) {
      throw new ChannelException(
          ErrorCode.E_ROUTING_003, "the channel's owner does not answer: url=" + way.url(), e);
    }
  }

  /**
   * Has the receiver of a message reminded; false where the owner does not or is not there, which
   * is not known before there was time to connect to it.
   */
  boolean remind(MessageId messageId) {
    while (true) {
      try (ReqContext asking = socket.openContext()) {
        asking.send(Frames.remind(messageId));
        try (Message answer = asking.receive(REMINDING_PATIENCE)) {
          return Frames.text(Frames.lines(answer).getFirst()).equals(Frames.OK);
        }
      } catch (SpNoPeerException e) {
        if (System.nanoTime() - openedNanos > CONNECTING_PATIENCE_NANOS) {
          return isNotAsked(e);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      } catch (SpException e) {
        return isNotAsked(e);
      }
    }
  }

  private boolean isNotAsked(SpException e) {
    LOG.debug("the owner cannot be asked: channel={}", way.name(), e);
    return false;
  }

  @Override
  public void close() {
    socket.close();
  }

  private void requireEach(List<byte[]> lines, List<byte[]> outcomes) {
    if (lines.size() != outcomes.size()) {
      throw new ChannelException(
          ErrorCode.E_ROUTING_003,
          "the owner's answer is none: asked=" + lines.size() + " told=" + outcomes.size());
    }
  }
}
