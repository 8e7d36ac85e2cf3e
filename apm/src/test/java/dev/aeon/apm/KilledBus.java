package dev.aeon.apm;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.channel.ndjson.NdjsonOptions;
import dev.aeon.apm.channel.sp.SpChannels;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Custom;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.UnknownReceivers;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.track.DeliveryKey;
import dev.aeon.apm.track.MessageState;
import dev.aeon.apm.track.RetryPolicy;
import dev.aeon.apm.track.TrackerListener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A process that is one of two agents with all that an agent keeps: it sends to the other for ever,
 * or only brings to its end what it finds, and says what it does.
 */
public final class KilledBus {
  static final String SENT = "SENT ";
  static final String DOOMED = "DOOMED ";
  static final String HANDLED = "HANDLED ";
  static final String TORN = "TORN ";
  static final String FOUND = "FOUND ";
  static final String LEFT = "LEFT ";
  static final String WITH_RELAY = "relay";
  static final String FINISHING = "finishing";

  /** The receiver refuses this type for good, so that it ends as a dead letter. */
  static final String DOOMED_TYPE = "CUSTOM_UNKNOWN";

  private static final String TYPE = "CUSTOM_WORK";
  private static final int ONE_DOOMED_OF = 20;
  private static final int IN_FLIGHT = 64;

  /** Small, so that many kills meet a rotation. */
  private static final long ROTATE_BYTE_SIZE = 64 * 1024;

  private KilledBus() {}

  /** Arguments: the directory, which agent, by which way, when to acknowledge, what to do. */
  public static void main(String[] arguments) throws InterruptedException {
    Path directory = Path.of(arguments[0]);
    boolean isManager = arguments[1].equals(Samples.MANAGER.agentId().value());
    AgentIdentity self = isManager ? Samples.MANAGER : Samples.WORKER;
    AgentIdentity other = isManager ? Samples.WORKER : Samples.MANAGER;
    AtomicReference<AgentBus> finishing = new AtomicReference<>();
    TrackerListener listener =
        new TrackerListener() {
          @Override
          public void onState(DeliveryKey key, MessageState from, MessageState to) {
            AgentBus bus = finishing.get();
            if (bus != null) {
              sayWhatIsLeft(bus);
            }
          }
        };
    AgentBus bus =
        AgentBus.open(
            self,
            Registry.open(directory, InstantSource.system()),
            channels(directory, arguments[2]),
            (message, _) -> ChildProcess.print(HANDLED + message.messageId()),
            options(directory, AckTime.valueOf(arguments[3])).withListener(listener));
    ChildProcess.print(FOUND + bus.underWay());
    if (arguments[4].equals(FINISHING)) {
      finishing.set(bus);
      sayWhatIsLeft(bus);
      new CountDownLatch(1).await();
    }
    send(bus, other);
  }

  /** By one thread at a time, so that the newest count is said last. */
  private static synchronized void sayWhatIsLeft(AgentBus bus) {
    ChildProcess.print(LEFT + bus.underWay());
  }

  private static void send(AgentBus bus, AgentIdentity other) throws InterruptedException {
    Semaphore room = new Semaphore(IN_FLIGHT);
    for (int count = 1; true; count++) {
      room.acquire();
      boolean isDoomed = count % ONE_DOOMED_OF == 0;
      Message message = message(bus, other, isDoomed ? DOOMED_TYPE : TYPE, count);
      var sent = bus.send(message);
      ChildProcess.print((isDoomed ? DOOMED : SENT) + message.messageId());
      var _ = sent.whenComplete((_, _) -> room.release());
    }
  }

  private static Message message(AgentBus bus, AgentIdentity other, String typeName, int count) {
    JsonObject fields = JsonObject.builder().put("padding", "x".repeat(count % 1500)).build();
    return bus.compose(other, new Custom(typeName, fields)).build();
  }

  private static Channels channels(Path directory, String way) {
    NdjsonOptions options =
        NdjsonOptions.defaults()
            .withRotation(ROTATE_BYTE_SIZE, Duration.ofDays(1))
            .withRetention(Duration.ZERO);
    NdjsonChannels files = new NdjsonChannels(directory, _ -> {}, options);
    return way.equals(WITH_RELAY) ? files.withRelay(SpChannels.ipc(directory).asRelay()) : files;
  }

  /** Sends again soon and never gives up, so that copies meet kills too. */
  private static BusOptions options(Path directory, AckTime ackTime) {
    RetryPolicy patient = new RetryPolicy(Duration.ofSeconds(2), 1000, Duration.ofMillis(500));
    return BusOptions.defaults()
        .withDirectory(directory)
        .withAckTime(ackTime)
        .withRetryPolicies(_ -> patient)
        .withUnknownReceivers(UnknownReceivers.PARK)
        .withCustomType(TYPE, Schema.empty())
        .withQuarantine(KilledBus::quarantine);
  }

  /** An ACK that a kill kept from being settled comes again, and nobody waits for it any more. */
  private static void quarantine(BadInput input) {
    if (input.violations().getFirst().code() != ErrorCode.E_PROTOCOL_003) {
      ChildProcess.print(TORN + input.violations());
    }
  }
}
