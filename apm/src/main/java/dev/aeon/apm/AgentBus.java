package dev.aeon.apm;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageBuilder;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.message.Payload;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.message.StateSync;
import dev.aeon.apm.registry.AgentRecord;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.route.Router;
import dev.aeon.apm.route.Routing;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.store.AgentStore;
import dev.aeon.apm.store.DeadLetter;
import dev.aeon.apm.store.DeadLetterQueue;
import dev.aeon.apm.store.EntityStates;
import dev.aeon.apm.store.ProcessedMessages;
import dev.aeon.apm.track.Acknowledgement;
import dev.aeon.apm.track.Acknowledgement.Receipt;
import dev.aeon.apm.track.DeliveryException;
import dev.aeon.apm.track.MessageState;
import dev.aeon.apm.track.PendingStore;
import dev.aeon.apm.track.Timers;
import dev.aeon.apm.track.Timers.Timer;
import dev.aeon.apm.track.Tracker;
import dev.aeon.apm.track.TrackerOptions;
import dev.aeon.apm.validate.Validator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's connection to the others: sends messages, follows them until they are acknowledged or
 * fail, and hands received ones to a handler. Safe for use by many threads.
 *
 * <p>Every valid message that is neither ACK nor NACK is acknowledged, before or after it is
 * handled as {@link AckTime} says; an invalid one is answered with a NACK where its sender and id
 * can be read, and kept in the quarantine. A copy of a message that was handled is acknowledged
 * again and not handled. A {@code STATE_SYNC} by which an agent creates itself registers it, one by
 * which it deletes itself removes it.
 */
public final class AgentBus implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentBus.class);

  private final AgentIdentity self;
  private final BusOptions options;
  private final Router router;
  private final Optional<AgentStore> store;
  private final ProcessedMessages processed;
  private final Outbox outbox;
  private final Answers answers;
  private final Timers timers;
  private final FailureDesk failures;
  private final Tracker tracker;
  private final Counters counters = new Counters();
  private final BusCarrier carrier;
  private final BusTelemetry telemetry;
  private final QuarantineKeeper quarantine;
  private final Handling handling;
  private final Dispatcher dispatcher;
  private final Registry registry;
  private final long epoch;
  private final EntityStates states;
  private final Optional<Resumption> resumption;
  private final Optional<Redrives> redrives;
  private final Inbox inbox;
  private volatile boolean closing;

  private AgentBus(
      AgentIdentity self,
      long epoch,
      Registry registry,
      Channels channels,
      MessageHandler handler,
      BusOptions options) {
    this.self = self;
    this.epoch = epoch;
    this.registry = registry;
    this.options = options;
    this.router = new Router(registry, this::seal, options.unknownReceivers());
    this.store =
        options
            .directory()
            .map(directory -> AgentStore.open(directory, self.agentId(), options.clock()));
    this.processed =
        options
            .processed()
            .or(() -> store.map(AgentStore::processed))
            .orElseGet(ProcessedMessages::inMemory);
    this.states = store.map(AgentStore::states).orElseGet(EntityStates::new);
    this.outbox = new Outbox(self.agentId(), channels);
    this.carrier = new BusCarrier(outbox, registry, options.unknownReceivers(), counters);
    this.answers = new Answers(self, router, outbox, options.clock());
    this.timers = options.openTimers(self.agentId().value());
    this.failures = new FailureDesk(this, store.map(AgentStore::deadLetters), options, counters);
    this.redrives = store.map(each -> new Redrives(this, each.deadLetters(), timers, options));
    this.tracker = tracker();
    this.telemetry = new BusTelemetry(self.agentId(), options);
    this.quarantine = new QuarantineKeeper(options.quarantine(), timers, counters);
    Rejections rejections = new Rejections(answers, timers, quarantine, counters);
    telemetry.observe(counters, tracker, rejections, quarantine, store);
    Gatekeeper gatekeeper = new Gatekeeper(self, handler, options);
    this.handling =
        new Handling(this, handler, gatekeeper, processed, store, timers, rejections, telemetry);
    this.dispatcher =
        new Dispatcher(
            self.agentId().value(), new DispatchKeys(options.isStrict()), handling::handle);
    Intake intake =
        new Intake(
            gatekeeper,
            new Registrar(registry, states),
            tracker,
            answers,
            rejections,
            quarantine,
            dispatcher,
            handling,
            options,
            counters);
    this.resumption = store.map(each -> new Resumption(self, each, tracker, router));
    resumption.ifPresent(Resumption::recall);
    this.inbox = listen(channels, intake);
  }

  private Tracker tracker() {
    PendingStore pending = store.<PendingStore>map(AgentStore::pending).orElse(PendingStore.NONE);
    TrackerOptions trackerOptions =
        new TrackerOptions(
            options.clock(),
            timers,
            options.jitter(),
            options.retryPolicies(),
            router::mustAnswer,
            carrier::presenceOf,
            options.maxUnderWayByteSize(),
            pending);
    return new Tracker(carrier, trackerOptions, failures);
  }

  private Inbox listen(Channels channels, Intake intake) {
    try {
      return channels.listen(self.agentId(), intake);
    } catch (RuntimeException e) {
      closeAll();
      throw e;
    }
  }

  /** Opens a bus with {@link BusOptions#defaults}. */
  public static AgentBus open(
      AgentIdentity self, Registry registry, Channels channels, MessageHandler handler) {
    return open(self, registry, channels, handler, BusOptions.defaults());
  }

  /**
   * Opens a bus and starts to receive; registers {@code self}. What was under way when a bus of the
   * same agent and directory last ended goes on.
   *
   * @throws IllegalArgumentException where the registry has another agent of that id
   * @throws ChannelException where receiving cannot start
   * @throws dev.aeon.apm.store.StoreException where the directory's files cannot be opened
   * @throws dev.aeon.apm.registry.RegistryException where a shared registry cannot be written
   */
  public static AgentBus open(
      AgentIdentity self,
      Registry registry,
      Channels channels,
      MessageHandler handler,
      BusOptions options) {
    AgentBus bus = new AgentBus(self, join(self, registry), registry, channels, handler, options);
    // Not before: a handler is given the bus, and may close it.
    bus.handling.start();
    bus.dispatcher.start();
    bus.resumption.ifPresent(Resumption::goOn);
    bus.redrives.ifPresent(Redrives::start);
    bus.beat();
    return bus;
  }

  /** Registers {@code self}; the epoch of its new life, zero where no registry counts them. */
  private static long join(AgentIdentity self, Registry registry) {
    if (registry.isShared()) {
      return registry
          .join(self, List.of(AgentRecord.ACKNOWLEDGES_ALL))
          .orElseThrow(() -> taken(self))
          .epoch();
    }
    if (!registry.register(self)) {
      throw taken(self);
    }
    return 0;
  }

  private static IllegalArgumentException taken(AgentIdentity self) {
    return new IllegalArgumentException("agent id is taken: self=" + self);
  }

  /** Gives a sign of life now and then, where others look for one. */
  private void beat() {
    if (registry.isShared()) {
      Timer _ = timers.after(Registry.HEARTBEAT_INTERVAL, this::beat);
      registry.heartbeat(self.agentId());
    }
  }

  public AgentIdentity self() {
    return self;
  }

  /** Whether a handler that fails may do so because it is being interrupted. */
  boolean isClosing() {
    return closing;
  }

  AckTime ackTime() {
    return options.ackTime();
  }

  /**
   * A builder for a message from this agent, with a new id, the current time, and the version that
   * its receivers and we have in common.
   */
  public MessageBuilder compose(Receiver receiver, Payload payload) {
    MessageBuilder message =
        Message.builder(options.clock()).sender(self).receiver(receiver).payload(payload);
    registry.versionFor(receiver).ifPresent(message::version);
    return epoch == 0 ? message : message.metadata(Metadata.builder().epoch(epoch).build());
  }

  /** As the general form, to one agent. */
  public MessageBuilder compose(AgentIdentity receiver, Payload payload) {
    return compose(Receiver.of(receiver), payload);
  }

  /**
   * Sends a message to every recipient that the registry knows now; again as the specification says
   * where no answer comes.
   *
   * @return completes once all of them have acknowledged, on a thread of the bus's, which
   *     dependents must not block; fails with {@link InvalidMessageException} where the message
   *     cannot go out as it is, else with {@link DeliveryException}: E_ROUTING_001 or 002 where the
   *     receiver is not registered or of another type, the {@link ChannelException}'s code where
   *     its channel stays unavailable, E_ROUTING_003 where the bus closes or {@link #abandon}s it,
   *     E_PROTOCOL_004 where no answer came or the time to live ended, E_SYSTEM_002 where it would
   *     not survive us, E_SYSTEM_003 where too much is under way already, E_SECURITY_005 where we
   *     may not send it, the NACK's code where it refuses, E_ROUTING_004 where a broadcast fails in
   *     part. What fails and cannot be kept as a dead letter yet, as on a full disk, has a {@link
   *     dev.aeon.apm.store.StoreException} among its suppressed exceptions
   * @throws IllegalArgumentException for an ACK or NACK: see {@link #acknowledge} and {@link
   *     #reject}
   */
  public CompletableFuture<Acknowledgement> send(Message message) {
    if (!message.type().isAcknowledged()) {
      throw new IllegalArgumentException("not sent by hand: messageType=" + message.type());
    }
    if (!options.access().maySend(self, message.receiver(), message.envelope().typeName())) {
      return CompletableFuture.failedFuture(
          new DeliveryException(
              ErrorCode.E_SECURITY_005, "not allowed: receiver=" + message.receiver()));
    }
    return telemetry.sending(message, this::route);
  }

  private CompletableFuture<Acknowledgement> route(Message message) {
    try {
      return switch (router.route(Validator.validateOutgoing(self, message))) {
        case Routing.Routed(List<RoutedMessage> copies) -> sendAll(message.messageId(), copies);
        case Routing.Unroutable(var receiver, var violation) -> {
          failures.notRouted(message, receiver, violation);
          yield CompletableFuture.failedFuture(
              new DeliveryException(violation.code(), violation.detail()));
        }
      };
    } catch (InvalidMessageException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Makes this agent known to every Manager that our registry knows (section 5.3): the versions
   * that it speaks, what it handles, and which of its lives this is. Managers that share our
   * registry know it anyway.
   *
   * @param capabilities the message types that it handles; that it acknowledges all is added
   * @return as {@link #send}: E_PROTOCOL_001 where a Manager speaks none of our versions,
   *     E_PROTOCOL_005 where it knows a later life of ours, E_VALIDATION_008 where it knows another
   *     agent of our id
   */
  public CompletableFuture<Acknowledgement> register(List<String> capabilities) {
    StateSync registration = Registration.of(self, epoch, capabilities, options.clock().instant());
    return send(compose(Receiver.ofType(AgentType.MANAGER), registration).build());
  }

  private Message seal(Message message) {
    return options.signatures().map(each -> each.sign(message)).orElse(message);
  }

  /** Tells every manager that is known; a manager tells itself, by its own channel. */
  void sendToManagers(Message report) {
    CompletableFuture<?> sent;
    if (self.type() == AgentType.MANAGER) {
      Message toSelf = report.toBuilder().receiver(self).build();
      sent = tracker.send(router.answer(Validator.validateOutgoing(self, toSelf), self));
    } else {
      sent = send(report);
    }
    CompletableFuture<?> _ =
        sent.exceptionally(failure -> {
          LOG.debug("cannot report: report={}", report.messageId(), failure);
          return null;
        });
  }

  /**
   * Tells the sender of {@code message} how far we are with it; {@code received} went already.
   *
   * @return completes once the channel has the ACK; fails with {@link ChannelException} where it
   *     does not take it, and is not tried again
   */
  public CompletableFuture<Void> acknowledge(Message message, AckStatus status) {
    return carrier.counted(answers.acknowledge(Answers.originOf(message), status));
  }

  /**
   * Tells the sender of {@code message} that it failed here after all.
   *
   * @return completes once the channel has the NACK; fails with {@link ChannelException} where it
   *     does not take it, and is not tried again: only what a handler throws is
   */
  public CompletableFuture<Void> reject(Message message, Refusal refusal) {
    return carrier.counted(answers.reject(Answers.originOf(message), refusal));
  }

  /** How far a message we sent got at a recipient; empty where it is not known any more. */
  public Optional<MessageState> state(MessageId messageId, AgentId receiver) {
    return tracker.state(messageId, receiver);
  }

  /**
   * Our messages that failed for good.
   *
   * @throws IllegalStateException where the bus has no directory
   */
  public DeadLetterQueue deadLetters() {
    return store
        .map(AgentStore::deadLetters)
        .orElseThrow(() -> new IllegalStateException("no directory: self=" + self));
  }

  /**
   * Sends a dead letter once more, as the same message with a new time; takes it out of the queue
   * once it is acknowledged.
   *
   * @return as {@link #send}; fails with {@link dev.aeon.apm.store.StoreException} where the
   *     message arrived and the letter cannot be taken out, which is still there then
   * @throws NoSuchElementException where there is none of that id
   * @throws IllegalStateException where the bus has no directory
   */
  public CompletableFuture<Receipt> redrive(String entryId) {
    DeadLetter letter =
        deadLetters()
            .find(entryId)
            .orElseThrow(() -> new NoSuchElementException("no dead letter: entryId=" + entryId));
    Message again = letter.redriven(options.clock().instant());
    return tracker
        .send(router.answer(Validator.validateOutgoing(self, again), letter.receiver()))
        .whenComplete((_, failure) -> {
          if (failure == null) {
            deadLetters().remove(entryId);
          }
        });
  }

  /** Whether a dead letter is one that we send once more ourselves, as we will. */
  boolean redriveLater(DeadLetter letter) {
    return redrives.filter(each -> each.failed(letter)).isPresent();
  }

  /**
   * Makes everything that was sent until now survive the machine where the bus has a directory:
   * without this that holds once a message's channel has taken it over, or the handler that sent it
   * returned.
   *
   * @throws dev.aeon.apm.store.StoreException where that cannot be
   */
  public void force() {
    store.ifPresent(AgentStore::commit);
  }

  /**
   * Fails everything under way to {@code receiver} with E_ROUTING_003, which makes no dead letters,
   * and closes the channel to it; the next message opens it anew.
   */
  public void abandon(AgentId receiver) {
    outbox.disconnect(receiver);
    tracker.abandon(receiver);
  }

  public BusStatistics statistics() {
    return counters.read();
  }

  /** What other agents told us of tasks, configurations and themselves, by STATE_SYNC. */
  public EntityStates states() {
    return states;
  }

  /** Which life of this agent the bus is, counted from 1; zero where the registry is in memory. */
  public long epoch() {
    return epoch;
  }

  /** How many messages are neither delivered nor given up. */
  public int underWay() {
    return tracker.underWay();
  }

  /** How many of these wait for their receivers to register. */
  public int parked() {
    return tracker.parked();
  }

  /**
   * Ends receiving, interrupts a running handler and waits for it, fails every future that waits
   * with {@link DeliveryException}, and closes the channels. What is under way goes on when a bus
   * with the same directory opens. Again closing does nothing.
   */
  @Override
  public void close() {
    closing = true;
    quarantine.close();
    handling.close();
    dispatcher.close();
    handling.finish();
    inbox.close();
    closeAll();
  }

  private void closeAll() {
    dispatcher.close();
    handling.finish();
    timers.close();
    tracker.close();
    outbox.close();
    processed.close();
    states.close();
    store.ifPresent(AgentStore::close);
    telemetry.close();
    if (registry.isShared()) {
      registry.leave(self.agentId());
    }
  }

  private CompletableFuture<Acknowledgement> sendAll(
      MessageId messageId, List<RoutedMessage> copies) {
    if (copies.isEmpty()) {
      LOG.warn("broadcast to nobody: messageId={}", messageId);
    }
    List<CompletableFuture<Receipt>> receipts = copies.stream().map(tracker::send).toList();
    return CompletableFuture.allOf(receipts.toArray(CompletableFuture[]::new))
        .handle((_, failure) -> Broadcasts.result(messageId, receipts, failure));
  }
}
