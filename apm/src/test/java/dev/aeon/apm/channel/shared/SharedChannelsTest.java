package dev.aeon.apm.channel.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.FileChannelContract;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.sp.ReqSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A guest's channel, whose owner is another, keeps the contract of the files behind both. */
class SharedChannelsTest extends FileChannelContract {
  /**
   * Less than tests wait for what it brings about, so that it is the guest that says what failed.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final Map<String, Channel> owners = new HashMap<>();

  @Override
  protected Channels channels() {
    SharedChannels shared = shared(PATIENCE);
    Path place = apm();
    return new Channels() {
      @Override
      public Channel open(AgentId sender, AgentId receiver) {
        owners.computeIfAbsent(
            place + "/" + sender + "/" + receiver, _ -> shared.open(sender, receiver));
        return shared.open(sender, receiver);
      }

      @Override
      public Inbox listen(AgentId receiver, InboxListener listener) {
        return shared.listen(receiver, listener);
      }
    };
  }

  private SharedChannels shared(Duration patience) {
    return new SharedChannels(files(), directory, patience);
  }

  private NdjsonChannels files() {
    return new NdjsonChannels(apm(), _ -> {});
  }

  @AfterEach
  void closeOwners() {
    owners.values().forEach(Channel::close);
  }

  @Override
  protected void die(Inbox inbox) throws IOException {
    closeOwners();
    super.die(inbox);
  }

  private static void store(Channel channel, String taskId) throws Exception {
    channel.append(routed(taskId)).get(60, TimeUnit.SECONDS);
  }

  @Test
  void append_byOwnerAndGuests_isOneFileInEachOnesOrder() throws Exception {
    SharedChannels shared = shared(PATIENCE);
    try (Channel owner = shared.open(SENDER, RECEIVER);
        Channel guest = shared.open(SENDER, RECEIVER);
        Channel another = shared.open(SENDER, RECEIVER)) {
      for (String taskId : List.of("a", "b", "c")) {
        store(owner, taskId);
        store(guest, "guest_" + taskId);
        store(another, "another_" + taskId);
      }
    }
    assertThat(Files.readAllLines(messages()))
        .extracting(line -> line.replaceAll(".*\"req_([a-z_]*)\".*", "$1"))
        .containsExactly(
            "a", "guest_a", "another_a", "b", "guest_b", "another_b", "c", "guest_c", "another_c");
  }

  @Test
  void append_ownerCloses_oneGuestTakesOverAndServesTheOther() throws Exception {
    SharedChannels shared = shared(PATIENCE);
    Channel owner = shared.open(SENDER, RECEIVER);
    owners.put("the one", owner);
    try (Channel guest = shared.open(SENDER, RECEIVER);
        Channel another = shared.open(SENDER, RECEIVER)) {
      store(guest, "a");
      store(another, "b");
      owner.close();
      store(another, "c");
      store(guest, "d");
      store(another, "e");
      assertThatThrownBy(() -> files().open(SENDER, RECEIVER)).hasMessageContaining("E_SYSTEM_004");
    }
    assertThat(Files.readAllLines(messages())).hasSize(5);
    files().open(SENDER, RECEIVER).close();
  }

  @Test
  void append_ownerDoesNotServe_saysWhoHasTheChannel() throws Exception {
    try (Channel _ = files().open(SENDER, RECEIVER);
        Channel guest = shared(Duration.ofMillis(100)).open(SENDER, RECEIVER)) {
      CompletableFuture<Void> append = guest.append(routed("a"));
      assertThatThrownBy(() -> append.get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ChannelException.class)
          .hasMessageContaining(ErrorCode.E_SYSTEM_004.name());
    }
    assertThat(messages()).isEmptyFile();
  }

  @Test
  void append_messageOfAnotherPair_isRefusedByTheOwner() throws Exception {
    Message toOther = Samples.message("a").toBuilder().receiver(Samples.OTHER).build();
    RoutedMessage foreign = Samples.routed(toOther);
    SharedChannels shared = shared(PATIENCE);
    try (Channel owner = shared.open(SENDER, RECEIVER);
        Channel guest = shared.open(SENDER, RECEIVER)) {
      CompletableFuture<Void> append = guest.append(foreign);
      assertThatThrownBy(() -> append.get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ChannelException.class)
          .hasMessageContaining(ErrorCode.E_VALIDATION_009.name());
      store(guest, "b");
      store(owner, "c");
    }
    assertThat(Files.readAllLines(messages())).hasSize(2);
  }

  @Test
  void serve_bytesThatAreNoRequest_areAnsweredNoAndServingGoesOn() throws Exception {
    SharedChannels shared = shared(PATIENCE);
    try (Channel owner = shared.open(SENDER, RECEIVER);
        ReqSocket stranger = ReqSocket.open()) {
      var _ = stranger.dial("ipc://" + socket());
      for (String request : List.of("", "\n", "remind", "remind\n../x", "delete\nall", "\0\n\0")) {
        stranger.send(request.getBytes(StandardCharsets.UTF_8));
        try (var answer = stranger.receive()) {
          assertThat(new String(answer.toByteArray(), StandardCharsets.UTF_8)).isEqualTo("no");
        }
      }
      try (Channel guest = shared.open(SENDER, RECEIVER)) {
        store(guest, "a");
      }
      store(owner, "b");
    }
  }

  private Path socket() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".write")).findFirst().orElseThrow();
    }
  }
}
