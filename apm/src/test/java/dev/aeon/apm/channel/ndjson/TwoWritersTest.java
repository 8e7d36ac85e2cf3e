package dev.aeon.apm.channel.ndjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.ChildProcess;
import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.RecordingListener;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.validate.Validator;
import dev.aeon.apm.validate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of two processes one writes a channel, and the other does as soon as the first is gone. */
@Timeout(300)
class TwoWritersTest {
  private static final AgentId SENDER = Samples.MANAGER.agentId();
  private static final AgentId RECEIVER = Samples.WORKER.agentId();

  @TempDir Path directory;

  @Test
  void open_anotherProcessWrites_isRefusedUntilItIsKilled() throws Exception {
    NdjsonChannels channels = new NdjsonChannels(directory, _ -> {});
    try (ChildProcess first = new ChildProcess(KilledWriter.class, directory, "files")) {
      assertThat(first.next(60, TimeUnit.SECONDS)).isNotNull();
      assertThatThrownBy(() -> channels.open(SENDER, RECEIVER))
          .isInstanceOfSatisfying(
              ChannelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_SYSTEM_004));
      assertThat(first.next(60, TimeUnit.SECONDS)).as("the first goes on").isNotNull();
      first.kill();
    }
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      channel.append(Samples.routed(Samples.message("mine"))).get(60, TimeUnit.SECONDS);
    }
    assertThat(
            Files.readAllLines(
                directory.resolve("channels/manager_001_to_impl_001/messages.ndjson")))
        .last()
        .asString()
        .contains("req_mine");
  }

  @Test
  void append_ownerOfASharedChannelIsKilledAgainAndAgain_theOtherTakesOverAndNothingIsLost()
      throws Exception {
    Set<String> durable = new HashSet<>();
    List<ChildProcess> writers = new ArrayList<>();
    try {
      writers.add(writer());
      observe(writers.getFirst(), 50, durable);
      for (int round = 0; round < 2; round++) {
        writers.add(writer());
        observe(writers.getLast(), 200, durable);
        ChildProcess owner = writers.removeFirst();
        owner.kill();
        drain(owner, durable);
        observe(writers.getFirst(), 200, durable);
      }
      writers.getFirst().kill();
      drain(writers.getFirst(), durable);
    } finally {
      writers.forEach(ChildProcess::close);
    }
    durable.removeAll(ids());
    assertThat(durable).as("lost").isEmpty();
  }

  private ChildProcess writer() throws IOException {
    return new ChildProcess(KilledWriter.class, directory, KilledWriter.SHARED);
  }

  private static void observe(ChildProcess writer, int count, Set<String> durable)
      throws InterruptedException {
    for (int index = 0; index < count; index++) {
      String id = writer.next(60, TimeUnit.SECONDS);
      assertThat(id).isNotNull();
      durable.add(id);
    }
  }

  private static void drain(ChildProcess writer, Set<String> durable) throws InterruptedException {
    for (String id = writer.next(0, TimeUnit.SECONDS);
        id != null;
        id = writer.next(0, TimeUnit.SECONDS)) {
      durable.add(id);
    }
  }

  /** Of all whole messages in the channel's files. */
  private Set<String> ids() throws Exception {
    RecordingListener listener = new RecordingListener();
    NdjsonChannels channels = new NdjsonChannels(directory, _ -> {});
    Set<String> ids = new HashSet<>();
    try (Channel channel = channels.open(SENDER, RECEIVER);
        Inbox _ = channels.watch(RECEIVER, listener)) {
      RoutedMessage last = Samples.routed(Samples.message("last"));
      channel.append(last).get(60, TimeUnit.SECONDS);
      while (!ids.contains(last.message().messageId().value())) {
        Verdict verdict = Validator.validate(listener.nextDelivery().line());
        assertThat(verdict).isInstanceOf(Verdict.Valid.class);
        ids.add(((Verdict.Valid) verdict).message().message().messageId().value());
      }
    }
    assertThat(listener.hasMore()).as("no malformed line among them").isFalse();
    return ids;
  }
}
