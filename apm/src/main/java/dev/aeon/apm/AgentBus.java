package dev.aeon.apm;

import dev.aeon.apm.Acknowledgement.Receipt;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageBuilder;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.message.Payload;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.route.Router;
import dev.aeon.apm.route.Routing;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.validate.Validator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's connection to the others: sends messages, tracks them until they are acknowledged,
 * and hands received ones to a handler. Safe for use by many threads.
 *
 * <p>Every valid message that is neither ACK nor NACK is acknowledged as {@code received} before it
 * is handled; an invalid one is answered with a NACK where its sender and id can be read, and kept
 * in the quarantine. A {@code STATE_SYNC} by which an agent creates itself registers it, one by
 * which it deletes itself removes it.
 */
public final class AgentBus implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentBus.class);

  private final AgentIdentity self;
  private final BusOptions options;
  private final MessageHandler handler;
  private final Router router;
  private final Outbox outbox;
  private final Answers answers;
  private final Tracker tracker = new Tracker();
  private final Counters counters = new Counters();
  private final Dispatcher dispatcher;
  private final Inbox inbox;

  private AgentBus(
      AgentIdentity self,
      Registry registry,
      Channels channels,
      MessageHandler handler,
      BusOptions options) {
    this.self = self;
    this.options = options;
    this.handler = handler;
    this.router = new Router(registry);
    this.outbox = new Outbox(self.agentId(), channels);
    this.answers = new Answers(self, router, outbox, options.clock());
    this.dispatcher = new Dispatcher(self.agentId().value(), this::handle);
    this.inbox = listen(registry, channels);
  }

  /** Opens a bus with {@link BusOptions#defaults}. */
  public static AgentBus open(
      AgentIdentity self, Registry registry, Channels channels, MessageHandler handler) {
    return open(self, registry, channels, handler, BusOptions.defaults());
  }

  /**
   * Opens a bus and starts to receive; registers {@code self}.
   *
   * @throws IllegalArgumentException where the registry has another agent of that id
   * @throws ChannelException where receiving cannot start
   */
  public static AgentBus open(
      AgentIdentity self,
      Registry registry,
      Channels channels,
      MessageHandler handler,
      BusOptions options) {
    if (!registry.register(self)) {
      throw new IllegalArgumentException("agent id is taken: self=" + self);
    }
    AgentBus bus = new AgentBus(self, registry, channels, handler, options);
    // Not before: a handler is given the bus, and may close it.
    bus.dispatcher.start();
    return bus;
  }

  public AgentIdentity self() {
    return self;
  }

  /** A builder for a message from this agent, with a new id and the current time. */
  public MessageBuilder compose(Receiver receiver, Payload payload) {
    return Message.builder(options.clock()).sender(self).receiver(receiver).payload(payload);
  }

  /** As the general form, to one agent. */
  public MessageBuilder compose(AgentIdentity receiver, Payload payload) {
    return compose(Receiver.of(receiver), payload);
  }

  /**
   * Sends a message to every recipient that the registry knows now.
   *
   * @return completes once all of them have acknowledged, on a thread of the bus's, which
   *     dependents must not block; fails with {@link InvalidMessageException} where the message
   *     cannot go out as it is, else with {@link DeliveryException}: E_ROUTING_001 or 002 where the
   *     receiver is not registered or of another type, E_ROUTING_003 where its channel is
   *     unavailable or the bus closes, the NACK's code where it refuses, E_ROUTING_004 where a
   *     broadcast fails in part
   * @throws IllegalArgumentException for an ACK or NACK: see {@link #acknowledge} and {@link
   *     #reject}
   */
  public CompletableFuture<Acknowledgement> send(Message message) {
    if (!message.type().isAcknowledged()) {
      throw new IllegalArgumentException("not sent by hand: messageType=" + message.type());
    }
    try {
      return switch (router.route(Validator.validateOutgoing(self, message))) {
        case Routing.Routed(List<RoutedMessage> copies) -> sendAll(message.messageId(), copies);
        case Routing.Unroutable(var violation) ->
            CompletableFuture.failedFuture(
                new DeliveryException(violation.code(), violation.detail()));
      };
    } catch (InvalidMessageException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Tells the sender of {@code message} how far we are with it; {@code received} went already. */
  public CompletableFuture<Void> acknowledge(Message message, AckStatus status) {
    return counted(answers.acknowledge(Answers.originOf(message), status));
  }

  /** Tells the sender of {@code message} that it failed here after all. */
  public CompletableFuture<Void> reject(Message message, Refusal refusal) {
    return counted(answers.reject(Answers.originOf(message), refusal));
  }

  /** How far a message we sent got at a recipient; empty where it is not known any more. */
  public Optional<MessageState> state(MessageId messageId, AgentId receiver) {
    return tracker.state(messageId, receiver);
  }

  /** Fails everything under way to {@code receiver} and closes the channel to it. */
  public void abandon(AgentId receiver) {
    outbox.disconnect(receiver);
    tracker.abandon(receiver);
  }

  public BusStatistics statistics() {
    return counters.read();
  }

  /**
   * Ends receiving, interrupts a running handler and waits for it, fails every future that waits
   * with {@link DeliveryException}, and closes the channels. Again closing does nothing.
   */
  @Override
  public void close() {
    inbox.close();
    dispatcher.close();
    outbox.close();
    tracker.close();
  }

  private Inbox listen(Registry registry, Channels channels) {
    Intake intake =
        new Intake(
            self,
            new Registrar(registry),
            tracker,
            answers,
            dispatcher,
            handler,
            options.quarantine(),
            counters);
    try {
      return channels.listen(self.agentId(), intake);
    } catch (RuntimeException e) {
      dispatcher.close();
      throw e;
    }
  }

  private CompletableFuture<Acknowledgement> sendAll(
      MessageId messageId, List<RoutedMessage> copies) {
    if (copies.isEmpty()) {
      LOG.warn("broadcast to nobody: messageId={}", messageId);
    }
    List<CompletableFuture<Receipt>> receipts = copies.stream().map(this::sendOne).toList();
    return CompletableFuture.allOf(receipts.toArray(CompletableFuture[]::new))
        .handle((_, failure) -> Broadcasts.result(messageId, receipts, failure));
  }

  private CompletableFuture<Receipt> sendOne(RoutedMessage copy) {
    CompletableFuture<Receipt> receipt = tracker.track(copy);
    CompletableFuture<Void> _ =
        counted(outbox.append(copy))
            .whenComplete((_, failure) -> {
              if (failure == null) {
                tracker.sent(copy);
              } else {
                tracker.failed(copy, undelivered(copy, failure));
              }
            });
    return receipt;
  }

  private CompletableFuture<Void> counted(CompletableFuture<Void> append) {
    return append.thenRun(counters.sent::increment);
  }

  private static DeliveryException undelivered(RoutedMessage copy, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    ErrorCode code = cause instanceof ChannelException e ? e.code() : ErrorCode.E_ROUTING_003;
    return new DeliveryException(code, "channel unavailable: receiver=" + copy.target(), cause);
  }

  private void handle(Message message) {
    try {
      handler.handle(message, this);
    } catch (RuntimeException | Error e) {
      LOG.error("handler failed: messageId={}", message.messageId(), e);
      CompletableFuture<Void> _ =
          reject(message, new Refusal(ErrorCode.E_TASK_003, "the receiver's handler failed: " + e));
    }
  }
}
