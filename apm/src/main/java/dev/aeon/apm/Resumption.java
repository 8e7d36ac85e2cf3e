package dev.aeon.apm;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.route.Router;
import dev.aeon.apm.store.AgentStore;
import dev.aeon.apm.store.DeadLetter;
import dev.aeon.apm.store.DeadLetterQueue;
import dev.aeon.apm.store.PendingJournal;
import dev.aeon.apm.track.Acknowledgement.Receipt;
import dev.aeon.apm.track.DeliveryKey;
import dev.aeon.apm.track.MessageState;
import dev.aeon.apm.track.PendingStore.Ended;
import dev.aeon.apm.track.PendingStore.Pending;
import dev.aeon.apm.track.Tracker;
import dev.aeon.apm.validate.Validator;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up what a life before this one of an agent had under way. Confined to one thread. */
final class Resumption {
  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

  private final AgentIdentity self;
  private final PendingJournal journal;
  private final DeadLetterQueue deadLetters;
  private final Tracker tracker;
  private final Router router;

  Resumption(AgentIdentity self, AgentStore store, Tracker tracker, Router router) {
    this.self = self;
    this.journal = store.pending();
    this.deadLetters = store.deadLetters();
    this.tracker = tracker;
    this.router = router;
  }

  /**
   * Lets answers come that others gave to the life before: to be called before anything is
   * received.
   */
  void recall() {
    journal.forgotten().forEach(tracker::forget);
    journal.ended().forEach(tracker::recall);
    journal.found().forEach(each -> tracker.recall(underWay(each)));
  }

  /**
   * Goes on with what was under way, but for what was answered meanwhile: what still waits in its
   * channel is not put there again.
   */
  void goOn() {
    journal.found().forEach(this::goOn);
    if (!journal.found().isEmpty()) {
      LOG.info("messages under way go on: self={} count={}", self, journal.found().size());
    }
  }

  private void goOn(Pending each) {
    if (isDeadLetter(each) && !isAnswered(each)) {
      endAsFailed(each);
    } else {
      CompletableFuture<Receipt> _ =
          tracker
              .resume(
                  router.answer(Validator.validateOutgoing(self, each.message()), each.receiver()))
              .whenComplete((_, failure) -> {
                if (failure == null) {
                  takeOut(each);
                }
              });
    }
  }

  private void endAsFailed(Pending each) {
    tracker.recall(recalled(each, MessageState.FAILED, Optional.empty()));
    journal.end(keyOf(each), each.message().correlation(), MessageState.FAILED);
  }

  private boolean isAnswered(Pending each) {
    return tracker
        .state(each.message().messageId(), each.receiver().agentId())
        .filter(state -> state == MessageState.DELIVERED || state == MessageState.PROCESSED)
        .isPresent();
  }

  /** Whether a crash came between keeping a message as failed and noting that. */
  private boolean isDeadLetter(Pending each) {
    return letterOf(each)
        .filter(letter -> sentAt(letter.message()).equals(sentAt(each.message())))
        .isPresent();
  }

  /** What was re-driven in the life before and arrived is no dead letter any more. */
  private void takeOut(Pending each) {
    letterOf(each).ifPresent(letter -> deadLetters.remove(letter.entryId()));
  }

  private Optional<DeadLetter> letterOf(Pending each) {
    return deadLetters.find(each.message().messageId(), each.receiver().agentId());
  }

  private static Instant sentAt(Message message) {
    return message.envelope().timestamp();
  }

  private static Ended underWay(Pending each) {
    return recalled(each, MessageState.IN_TRANSIT, each.message().responseDeadline());
  }

  private static Ended recalled(Pending each, MessageState state, Optional<Instant> due) {
    Message message = each.message();
    return new Ended(keyOf(each), message.correlation(), state, message.type().isRequest(), due);
  }

  private static DeliveryKey keyOf(Pending each) {
    return new DeliveryKey(each.message().messageId(), each.receiver().agentId());
  }
}
