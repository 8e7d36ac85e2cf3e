package dev.aeon.apm.cli;

import dev.aeon.apm.channel.Archive;
import dev.aeon.apm.channel.Scan;
import dev.aeon.apm.message.Ack;
import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.message.Nack;
import dev.aeon.apm.track.DeliveryException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what comes back to a message, in the channels to its sender, who is another process and
 * handles it. Confined to one thread.
 */
final class Onlooker implements AutoCloseable {
  private final Message message;
  private final Predicate<Message> isReply;
  private final Map<AgentId, AckStatus> acknowledged = new LinkedHashMap<>();
  private final Scan scan;
  private @Nullable Nack refusal;
  private @Nullable Message reply;

  /** Begins to look; before the message is sent, so that nothing passes unseen. */
  Onlooker(Archive archive, Message message, Predicate<Message> isReply) {
    this.message = message;
    this.isReply = isReply;
    AgentId sender = message.sender().agentId();
    this.scan =
        archive.scanLast(
            0, name -> name.receiver().equals(sender), new RecordedListener(this::onMessage));
  }

  /**
   * Waits for every receiver's acknowledgement, and for a reply where one is wanted.
   *
   * @return false where the time was over before
   * @throws DeliveryException where one refused it
   */
  boolean await(List<AgentId> receivers, boolean isReplyWanted, long deadlineNanos)
      throws InterruptedException {
    scan.advance();
    while (!acknowledged.keySet().containsAll(receivers) || (isReplyWanted && reply == null)) {
      if (refusal != null) {
        throw new DeliveryException(message, refusal);
      }
      if (System.nanoTime() - deadlineNanos > 0) {
        return false;
      }
      scan.await();
      scan.advance();
    }
    return true;
  }

  Map<AgentId, AckStatus> acknowledged() {
    return acknowledged;
  }

  Optional<Message> reply() {
    return Optional.ofNullable(reply);
  }

  @Override
  public void close() {
    scan.close();
  }

  private void onMessage(Recorded recorded) {
    MessageId id = message.messageId();
    Message back = recorded.message();
    if (back.payload() instanceof Ack ack && ack.acknowledgedMessageId().equals(id)) {
      acknowledged.put(back.sender().agentId(), ack.status());
    } else if (back.payload() instanceof Nack nack && nack.rejectedMessageId().equals(id)) {
      refusal = nack;
    } else if (reply == null && isReply.test(back)) {
      reply = back;
    }
  }
}
