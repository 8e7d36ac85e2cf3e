package dev.aeon.apm;

import static dev.aeon.apm.Samples.MANAGER;
import static dev.aeon.apm.Samples.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.sp.SpChannels;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.store.DeadLetter;
import dev.aeon.apm.track.DeliveryException;
import dev.aeon.apm.track.Jitter;
import dev.aeon.apm.track.MessageState;
import dev.aeon.apm.track.VirtualClock;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A manager's and a worker's bus with one directory, on a clock that stands. */
@ExtendWith(NoThreadLeft.class)
abstract class DurableBusFixture {
  @TempDir Path directory;
  final VirtualClock clock = new VirtualClock(Samples.TIME);
  final RecordingHandler atManager = new RecordingHandler();
  final RecordingHandler atWorker = new RecordingHandler();
  final Channels channels = SpChannels.inproc("durable");

  BusOptions options() {
    return BusOptions.defaults()
        .withClock(clock)
        .withTimers(_ -> clock.timers())
        .withJitter(Jitter.NONE)
        .withDirectory(directory);
  }

  AgentBus open(AgentIdentity self, RecordingHandler handler, BusOptions options) {
    Registry registry = new Registry();
    registry.register(MANAGER);
    registry.register(WORKER);
    return AgentBus.open(self, registry, channels, handler, options);
  }

  static Message assignment(AgentBus manager, String taskId) {
    return manager.compose(WORKER, Samples.assignment(taskId)).correlationId("req_1").build();
  }

  static void awaitState(AgentBus bus, Message message, MessageState state) {
    Eventually.until(() -> bus.state(message.messageId(), WORKER.agentId()).orElseThrow() == state);
  }

  /** The only one; it is kept a moment after its message counts as failed. */
  static DeadLetter awaitLetter(AgentBus bus) {
    Eventually.until(() -> bus.deadLetters().size() > 0);
    assertThat(bus.deadLetters().list()).hasSize(1);
    return bus.deadLetters().list().getFirst();
  }

  static void assertFails(CompletableFuture<?> future, ErrorCode code) {
    assertThatThrownBy(() -> Eventually.get(future))
        .cause()
        .isInstanceOfSatisfying(DeliveryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
