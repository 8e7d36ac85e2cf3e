package dev.aeon.apm.channel.nats;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Source;
import dev.aeon.apm.internal.GuardedListener;
import dev.aeon.apm.internal.ReceivedLine;
import dev.aeon.apm.internal.Threads;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.ErrorCode;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what one durable consumer gives, on one thread; acknowledges to the server on settling. */
final class NatsInbox implements Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(NatsInbox.class);
  static final int MAX_UNSETTLED = 1024;
  private static final int UNLIMITED = -1;
  private static final Duration FLUSH_PATIENCE = Duration.ofSeconds(2);
  private static final Duration NO_WAIT = Duration.ofMillis(1);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Connection connection;
  private final String name;
  private final Duration ackWait;
  private final JetStreamSubscription messages;
  private final InboxListener listener;
  private final Thread thread;

  /** How many messages an inbox before this one got and did not settle. */
  private long pendingAtOpen;

  private final CountDownLatch closing = new CountDownLatch(1);

  /** What was delivered and not settled yet, by the stream's sequence. */
  private final ConcurrentSkipListMap<Long, Message> unsettled = new ConcurrentSkipListMap<>();

  private final SettledSequences settled = new SettledSequences();

  private NatsInbox(
      Connection connection,
      String name,
      Duration ackWait,
      long pendingAtOpen,
      JetStreamSubscription messages,
      InboxListener listener) {
    this.connection = connection;
    this.name = name;
    this.ackWait = ackWait;
    this.pendingAtOpen = pendingAtOpen;
    this.messages = messages;
    this.listener = new GuardedListener(listener);
    this.thread = Thread.ofPlatform().daemon().name("apm-nats-" + name).unstarted(this::run);
  }

  static NatsInbox open(
      Connection connection, NatsOptions options, AgentId receiver, InboxListener listener)
      throws IOException, JetStreamApiException {
    ConsumerConfiguration configuration = configuration(options, receiver);
    ConsumerInfo info = consumer(connection, options.stream(), configuration);
    JetStreamSubscription messages = bind(connection, options.stream(), receiver);
    messages.setPendingLimits(UNLIMITED, UNLIMITED); // The server limits what is unsettled.
    NatsInbox inbox =
        new NatsInbox(
            connection,
            options.stream() + "." + receiver,
            options.ackWait(),
            info.getNumAckPending(),
            messages,
            listener);
    inbox.thread.start();
    return inbox;
  }

  private static JetStreamSubscription bind(Connection connection, String stream, AgentId receiver)
      throws IOException, JetStreamApiException {
    try {
      return connection
          .jetStream()
          .subscribe(null, PushSubscribeOptions.bind(stream, receiver.value()));
    } catch (IllegalArgumentException e) {
      throw new ChannelException(
          ErrorCode.E_SYSTEM_004,
          "an inbox of this agent is open: agentId=" + receiver + " cause=" + e.getMessage(),
          e);
    }
  }

  /** Made where it is not there; who connects later takes it as it is. */
  private static ConsumerInfo consumer(
      Connection connection, String stream, ConsumerConfiguration configuration)
      throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    try {
      return management.getConsumerInfo(stream, configuration.getDurable());
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() != Consumption.CONSUMER_NOT_FOUND) {
        throw e;
      }
      return management.addOrUpdateConsumer(stream, configuration);
    }
  }

  private static ConsumerConfiguration configuration(NatsOptions options, AgentId receiver) {
    return ConsumerConfiguration.builder()
        .durable(receiver.value())
        .filterSubject(Subjects.ofAllTo(options.stream(), receiver))
        .deliverSubject(options.stream() + "_inbox." + receiver)
        .deliverPolicy(DeliverPolicy.All)
        .ackPolicy(AckPolicy.Explicit)
        .ackWait(options.ackWait())
        .maxAckPending(MAX_UNSETTLED)
        .build();
  }

  @Override
  public void close() {
    closing.countDown();
    Threads.join(thread);
  }

  private void run() {
    try {
      deliverInOrder(comingAgain());
      while (isOpen()) {
        Message message = messages.nextMessage(LOOK);
        if (message != null) {
          deliver(message);
        }
      }
      giveBack();
    } catch (InterruptedException _) {
      LOG.debug("interrupted: inbox={}", name);
    } catch (IllegalStateException e) {
      LOG.warn("the connection is closed: inbox={}", name, e);
    }
  }

  /**
   * Waits for what the server gives again, with what else comes meanwhile: it may give newer
   * messages first.
   */
  private SortedMap<Long, Message> comingAgain() throws InterruptedException {
    SortedMap<Long, Message> gathered = new TreeMap<>();
    long deadlineNanos = System.nanoTime() + ackWait.plus(FLUSH_PATIENCE).toNanos();
    while (pendingAtOpen > 0 && isOpen() && System.nanoTime() - deadlineNanos < 0) {
      Message message = messages.nextMessage(LOOK);
      if (message != null
          && gathered.put(message.metaData().streamSequence(), message) == null
          && message.metaData().deliveredCount() > 1) {
        pendingAtOpen--;
      }
    }
    pendingAtOpen = 0;
    return gathered;
  }

  private void deliverInOrder(SortedMap<Long, Message> gathered) {
    gathered.forEach((sequence, message) -> {
      if (isOpen()) {
        deliver(message);
      } else {
        unsettled.put(sequence, message);
      }
    });
  }

  /**
   * Lets the server give at once to the next inbox what this one has not settled: not before it
   * knows that this one is gone, lest it give it to this one again.
   */
  private void giveBack() throws InterruptedException {
    Message left = messages.nextMessage(NO_WAIT);
    while (left != null) {
      unsettled.putIfAbsent(left.metaData().streamSequence(), left);
      left = messages.nextMessage(NO_WAIT);
    }
    messages.unsubscribe();
    flush();
    unsettled.values().forEach(Message::nak);
    unsettled.clear();
    flush();
  }

  private void flush() throws InterruptedException {
    try {
      connection.flush(FLUSH_PATIENCE);
    } catch (TimeoutException e) {
      LOG.warn("unsettled messages come again later: inbox={}", name, e);
    }
  }

  private void deliver(Message message) {
    long sequence = message.metaData().streamSequence();
    if (unsettled.putIfAbsent(sequence, message) != null) {
      message.inProgress(); // It is being handled still; only its time was up.
      return;
    }
    if (settled.contains(sequence)) {
      settle(sequence); // The copy was on its way when it was.
      return;
    }
    Source source = new Source(Subjects.nameOf(message.getSubject()), sequence);
    ReceivedLine.deliver(listener, source, message.getData(), () -> settle(sequence));
  }

  private void settle(long sequence) {
    settled.add(sequence); // Before it is removed, so that a copy finds it in one of both.
    Message message = unsettled.remove(sequence);
    if (message != null) {
      message.ack();
    }
  }

  private boolean isOpen() {
    return closing.getCount() > 0 && connection.getStatus() != Connection.Status.CLOSED;
  }
}
