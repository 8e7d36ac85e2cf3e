package dev.aeon.apm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.channel.Durability;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.channel.ndjson.NdjsonOptions;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.track.Acknowledgement;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Fifty agents over files, with a shared registry, in one run. */
@Timeout(300)
@ExtendWith(NoThreadLeft.class)
class FleetOfFiftyTest {
  private static final int WORKERS = 49;
  private static final int TASKS_EACH = 4;
  private static final AgentIdentity MANAGER = AgentIdentity.of("manager_001", AgentType.MANAGER);

  @TempDir Path directory;
  private final Map<AgentIdentity, Queue<MessageId>> handled = new ConcurrentHashMap<>();
  private final Queue<Message> updates = new ConcurrentLinkedQueue<>();
  private final CountDownLatch updatesLeft = new CountDownLatch(WORKERS * TASKS_EACH);
  private final List<AgentBus> workers = new ArrayList<>();

  @AfterEach
  void close() {
    workers.forEach(AgentBus::close);
  }

  @Test
  void fleet_everyAgentIsSentTasksAndReports_allAreHandledOnceAndInOrder() throws Exception {
    try (AgentBus manager = open(MANAGER, this::atManager)) {
      IntStream.rangeClosed(1, WORKERS)
          .mapToObj("impl_%03d"::formatted)
          .map(id -> AgentIdentity.of(id, AgentType.IMPLEMENTATION))
          .forEach(agent -> workers.add(open(agent, this::atWorker)));

      Map<AgentIdentity, List<MessageId>> sent = new HashMap<>();
      List<CompletableFuture<Acknowledgement>> acknowledgements = new ArrayList<>();
      for (int round = 0; round < TASKS_EACH; round++) {
        for (AgentBus worker : workers) {
          Message task =
              manager
                  .compose(worker.self(), Samples.assignment("task_" + round))
                  .correlationId(worker.self().agentId() + "_" + round)
                  .build();
          sent.computeIfAbsent(worker.self(), _ -> new ArrayList<>()).add(task.messageId());
          acknowledgements.add(manager.send(task));
        }
      }
      CompletableFuture.allOf(acknowledgements.toArray(CompletableFuture[]::new))
          .get(120, TimeUnit.SECONDS);
      assertThat(updatesLeft.await(120, TimeUnit.SECONDS)).isTrue();

      for (AgentBus worker : workers) {
        assertThat(handled.get(worker.self())).containsExactlyElementsOf(sent.get(worker.self()));
      }
      assertThat(updates).hasSize(WORKERS * TASKS_EACH);
      assertThat(updates).extracting(Message::messageId).doesNotHaveDuplicates();
      assertThat(manager.statistics().failed()).isZero();
      assertBroadcastReachesAll(manager);
    }
  }

  private static void assertBroadcastReachesAll(AgentBus manager) throws Exception {
    Message news =
        manager
            .compose(
                Receiver.ofType(AgentType.IMPLEMENTATION), Samples.registration(MANAGER, "1.0.0"))
            .build();
    assertThat(manager.send(news).get(120, TimeUnit.SECONDS).receipts()).hasSize(WORKERS);
  }

  private void atManager(Message message, AgentBus bus) {
    updates.add(message);
    updatesLeft.countDown();
  }

  private void atWorker(Message message, AgentBus bus) {
    if (!message.correlation().startsWith(bus.self().agentId().value())) {
      return; // the broadcast
    }
    handled
        .computeIfAbsent(bus.self(), _ -> new ConcurrentLinkedQueue<>())
        .add(message.messageId());
    CompletableFuture<Acknowledgement> _ =
        bus.send(
            bus.compose(message.sender(), Samples.update("task", 0.5))
                .correlationId(message.correlation())
                .build());
  }

  /** Each with a registry of its own, as if it were a process of its own. */
  private AgentBus open(AgentIdentity self, MessageHandler handler) {
    Registry registry = Registry.open(directory, InstantSource.system());
    NdjsonChannels channels =
        new NdjsonChannels(
            directory, _ -> {}, NdjsonOptions.defaults().withDurability(Durability.FLUSH));
    return AgentBus.open(
        self, registry, channels, handler, BusOptions.defaults().withDirectory(directory));
  }
}
