package dev.aeon.apm.cli;

import dev.aeon.apm.channel.Archive;
import dev.aeon.apm.channel.Scan;
import dev.aeon.apm.message.Ack;
import dev.aeon.apm.message.HandoffRequest;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.message.Nack;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.store.DeadLetter;
import dev.aeon.apm.store.DeadLetterQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The messages that belong together, in the order of time, and those of them that failed. What
 * belongs to an id is found by reading until nothing is added: a task's correlations, a message's
 * correlation, the answers to each, and where a task is handed over all of that task.
 */
record Conversation(Set<String> ids, List<Recorded> messages, List<DeadLetter> deadLetters) {
  private static final int MAX_MESSAGES = 100_000;

  /** By what an archive keeps; the dead letters are the directory's. */
  static Conversation of(String id, Archive archive, Path directory) {
    Set<String> ids = new LinkedHashSet<>(Set.of(id));
    List<Recorded> messages = read(archive, ids);
    for (int known = 0; known < ids.size(); messages = read(archive, ids)) {
      known = ids.size();
      messages.forEach(each -> ids.addAll(links(each.message())));
      if (known == ids.size()) {
        break;
      }
    }
    messages.sort(Recorded.BY_TIME);
    List<DeadLetter> deadLetters =
        DeadLetterQueue.owners(directory).stream()
            .flatMap(owner -> DeadLetterQueue.read(directory, owner).stream())
            .filter(letter -> belongs(letter.message(), ids))
            .toList();
    return new Conversation(ids, messages, deadLetters);
  }

  boolean isEmpty() {
    return messages.isEmpty() && deadLetters.isEmpty();
  }

  /** Everybody who sends or is sent one of the messages, in order of appearance. */
  List<String> agents() {
    Stream<String> ofMessages =
        messages.stream()
            .flatMap(each ->
                Stream.of(each.channel().sender().value(), each.channel().receiver().value()));
    Stream<String> ofLetters =
        deadLetters.stream()
            .flatMap(each ->
                Stream.of(
                    each.message().sender().agentId().value(), each.receiver().agentId().value()));
    return Stream.concat(ofMessages, ofLetters).distinct().toList();
  }

  /** The messages that should be answered and were not: neither ACK nor NACK lies in a channel. */
  List<Recorded> unanswered() {
    Set<String> answered = new HashSet<>();
    for (Recorded each : messages) {
      answeredBy(each.message())
          .ifPresent(id -> answered.add(id + " " + each.channel().sender().value()));
    }
    return messages.stream()
        .filter(each -> each.message().type().isAcknowledged() && !each.isRetry())
        // Once each: a copy of what is there already is no other message.
        .filter(each ->
            answered.add(each.message().messageId() + " " + each.channel().receiver().value()))
        .toList();
  }

  private static Optional<MessageId> answeredBy(Message message) {
    return switch (message.payload()) {
      case Ack ack -> Optional.of(ack.acknowledgedMessageId());
      case Nack nack -> Optional.of(nack.rejectedMessageId());
      default -> Optional.empty();
    };
  }

  private static List<Recorded> read(Archive archive, Set<String> ids) {
    List<Recorded> messages = new ArrayList<>();
    RecordedListener listener =
        new RecordedListener(each -> {
          if (belongs(each.message(), ids)) {
            add(each, messages);
          }
        });
    try (Scan scan = archive.scan(_ -> true, listener)) {
      scan.advance();
    }
    return messages;
  }

  private static void add(Recorded each, List<Recorded> messages) {
    if (messages.size() == MAX_MESSAGES) {
      throw CliException.refused(
          ErrorCode.E_SYSTEM_003, "too many messages to draw: most=" + MAX_MESSAGES);
    }
    messages.add(each);
  }

  private static boolean belongs(Message message, Set<String> ids) {
    return ids.contains(message.correlation())
        || ids.contains(message.respondsTo())
        || ids.contains(message.messageId().value())
        || taskId(message).filter(ids::contains).isPresent();
  }

  /** What leads to others: a hand-off to the task at its next agent. */
  private static List<String> links(Message message) {
    return message.payload() instanceof HandoffRequest handoff
        ? List.of(message.correlation(), message.respondsTo(), handoff.taskId())
        : List.of(message.correlation(), message.respondsTo());
  }

  private static Optional<String> taskId(Message message) {
    return switch (message.payload()) {
      case TaskAssignment task -> Optional.of(task.taskId());
      case TaskUpdate update -> Optional.of(update.taskId());
      case HandoffRequest handoff -> Optional.of(handoff.taskId());
      default -> Optional.empty();
    };
  }
}
