package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.BusOptions;
import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code apm fsck} as a user types it. */
@Timeout(300)
class FsckCommandTest {
  @TempDir Path folder;
  private Scene scene = new Scene(Path.of("."));
  private Path channel = Path.of(".");
  private Path messages = Path.of(".");

  @BeforeEach
  void init() {
    scene = Scene.ofATask(folder);
    scene.apm("init", "-agent", "impl_001:Implementation", "-agent", "manager_001:Manager");
    channel = folder.resolve("channels/manager_001_to_impl_001");
    messages = channel.resolve("messages.ndjson");
  }

  @Test
  void directory_thatIsWell_hasNoDamage() {
    CommandRun run = scene.apm("fsck");
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).isEqualToIgnoringNewLines("found=0 left=0");
  }

  @Test
  void tornEnd_isFoundThenMended_andItsBytesKept() throws IOException {
    List<String> whole = Files.readAllLines(messages);
    append(messages, "{\"torn\":");
    CommandRun found = scene.apm("fsck");
    assertThat(found.exitCode()).isEqualTo(100);
    assertThat(found.out()).contains("mendable", "messages.ndjson: torn end: byteSize=8");
    assertThat(Files.readString(messages)).endsWith("{\"torn\":");
    CommandRun mended = scene.apm("fsck", "-repair");
    assertThat(mended.exitCode()).as(mended.out()).isZero();
    assertThat(Files.readAllLines(messages)).isEqualTo(whole);
    assertThat(folder.resolve("dlq/manager_001/malformed.ndjson")).content().contains("rawBase64");
    assertThat(scene.apm("fsck").exitCode()).isZero();
  }

  @Test
  void tornEnd_ofAChannelThatIsBeingWritten_isLeftToItsWriter() throws IOException {
    try (Channel _ =
        new NdjsonChannels(folder, _ -> {})
            .open(Samples.MANAGER.agentId(), Samples.WORKER.agentId())) {
      append(messages, "{\"under way\":");
      assertThat(scene.apm("fsck", "-repair").exitCode()).isZero();
      assertThat(Files.readString(messages)).endsWith("{\"under way\":");
    }
  }

  @Test
  void channel_thatCannotBeRead_hidesNoOther() throws IOException {
    Files.delete(messages);
    Files.createDirectories(messages);
    Files.createDirectories(folder.resolve("state/impl_001/pending.ndjson"));
    Path other = folder.resolve("channels/impl_001_to_manager_001/messages.ndjson");
    append(other, "{\"torn\":");
    CommandRun found = scene.apm("fsck");
    assertThat(found.exitCode()).isEqualTo(100);
    assertThat(found.out())
        .contains("damaged " + channel.toRealPath() + ": cannot be", "torn end: byteSize=8")
        .contains("state/impl_001: cannot be examined");
    CommandRun stats = scene.apm("stats");
    assertThat(stats.out()).contains("impl_001_to_manager_001");
    assertThat(scene.apm("tail").out()).contains("impl_001 → manager_001");
  }

  @Test
  void channel_thatDescribesAnother_isTheOnlyOneThatIsNotCounted() throws IOException {
    Files.writeString(channel.resolve("channel.json"), "x");
    CommandRun stats = scene.apm("stats");
    assertThat(stats.exitCode()).isEqualTo(4);
    assertThat(stats.err()).contains("not counted: channel=manager_001_to_impl_001");
    assertThat(stats.out()).contains("impl_001_to_manager_001");
  }

  @Test
  void lineThatIsGone_isFoundByItsNumber() throws IOException {
    Files.write(messages, List.of(Files.readAllLines(messages).getLast()));
    CommandRun run = scene.apm("fsck");
    assertThat(run.exitCode()).isEqualTo(100);
    assertThat(run.out()).contains("sequence gap: position=0 expected=1 found=2");
  }

  @Test
  void lineThatIsNotJson_isBlanked_andNoOtherMoves() throws IOException {
    append(messages, "{not json}\n");
    scene.says(Samples.MANAGER, Samples.WORKER, "req_t2", Samples.assignment("t2"));
    long byteSize = Files.size(messages);
    assertThat(scene.apm("fsck").out()).contains("mendable", "E_PROTOCOL_002", "position=");
    assertThat(scene.apm("fsck", "-repair").exitCode()).isZero();
    assertThat(Files.size(messages)).isEqualTo(byteSize);
    assertThat(Files.readString(messages)).doesNotContain("not json");
    assertThat(scene.apm("tail").out()).contains("t2").doesNotContain("not a message");
    assertThat(scene.apm("fsck").exitCode()).isZero();
  }

  @Test
  void messageThatIsWrong_orOfAnotherPair_isForPeopleToLookAt() throws IOException {
    append(messages, "{\"version\":\"1.0.0\"}\n");
    Path other = folder.resolve("channels/impl_001_to_manager_001/messages.ndjson");
    append(messages, Files.readAllLines(other).getFirst() + "\n");
    CommandRun run = scene.apm("fsck", "-repair", "-json");
    assertThat(run.exitCode()).isEqualTo(100);
    assertThat(run.json().objects("damages"))
        .extracting(each -> each.string("remedy"))
        .containsExactly("none", "none", "none");
    assertThat(run.out())
        .contains("E_VALIDATION_001", "a message of another pair", "expected=4 found=1");
  }

  @Test
  void descriptionThatIsMissing_isWrittenFromTheName() throws IOException {
    Files.delete(channel.resolve("channel.json"));
    assertThat(scene.apm("fsck").out()).contains("channel.json: missing");
    assertThat(scene.apm("fsck", "-repair").exitCode()).isZero();
    assertThat(scene.apm("tail").out().lines()).hasSize(4);
  }

  @Test
  void channelThatIsNone_isTold() throws IOException {
    Files.createDirectory(folder.resolve("channels/odd"));
    Files.writeString(channel.resolve("channel.json"), "{");
    CommandRun run = scene.apm("fsck", "-repair");
    assertThat(run.exitCode()).isEqualTo(100);
    assertThat(run.out()).contains("odd: not a channel's directory", "not a channel: cause=");
  }

  @Test
  void filesThatDoNotFollowOnEachOther_areTold() throws IOException {
    Files.writeString(channel.resolve("messages.00000000000000000000.ndjson"), "\n\n");
    Files.writeString(channel.resolve("messages.00000000000000000009.ndjson"), "\n");
    Files.writeString(channel.resolve("messages.00000000000000000001.ndjson"), "\n");
    assertThat(scene.apm("fsck").out())
        .contains("bytes are missing before it: expected=2 base=9")
        .contains("overlaps the one before: expected=2 base=1");
  }

  @Test
  void packedFile_thatCannotBeRead_isTold() throws IOException {
    Files.writeString(
        channel.resolve("messages.00000000000000000000-00000000000000000009.ndjson.gz"), "no gzip");
    CommandRun run = scene.apm("fsck", "-repair");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(100);
    assertThat(run.out()).contains("damaged", "bytes are missing: position=0 next=9");
  }

  @Test
  void place_thatCannotBe_isForgotten() throws IOException {
    settleAll();
    Path cursor = channel.resolve("cursors/impl_001.cur");
    assertThat(scene.apm("fsck").exitCode()).isZero();
    Files.writeString(messages, "");
    assertThat(scene.apm("fsck").out()).contains("impl_001.cur: place beyond the end");
    assertThat(scene.apm("fsck", "-repair").exitCode()).isZero();
    assertThat(cursor).doesNotExist();
    Files.write(cursor, new byte[40_000]);
    assertThat(scene.apm("fsck").out()).contains("unreadable place");
  }

  @Test
  void place_withinALine_isForgotten() throws IOException {
    settleAll();
    Files.writeString(messages, "x".repeat((int) Files.size(messages) + 10) + "\n");
    assertThat(scene.apm("fsck").out()).contains("place within a line");
  }

  @Test
  void recordOfAnAgent_thatIsNone_isSetAside() throws IOException {
    Path record = folder.resolve("agents/impl_007.json");
    Files.writeString(record, "{\"agentId\":");
    assertThat(scene.apm("fsck").out()).contains("impl_007.json: not an agent's record");
    assertThat(scene.apm("fsck", "-repair").exitCode()).isZero();
    assertThat(record).doesNotExist();
    assertThat(folder.resolve("agents/impl_007.json.bad")).exists();
  }

  @Test
  void whatCrashesLeftOfAgentsFiles_isMended() throws IOException {
    Path state = Files.createDirectories(folder.resolve("state/impl_001"));
    append(Files.createFile(state.resolve("pending.ndjson")), "{\"a\":1}\n{\"b");
    append(Files.createFile(state.resolve("entities.ndjson")), "no\n");
    Path left = Files.createFile(state.resolve(".1-2.tmp"));
    Files.setLastModifiedTime(left, FileTime.from(Instant.EPOCH));
    List<JsonObject> damages = scene.apm("fsck", "-repair", "-json").json().objects("damages");
    assertThat(damages)
        .extracting(each -> each.string("remedy") + " " + each.string("detail"))
        .containsExactlyInAnyOrder(
            "mended left by a crash",
            "mended torn end: byteSize=3",
            "none not an entry, left out: line=1");
    assertThat(left).doesNotExist();
    assertThat(state.resolve("pending.ndjson")).hasContent("{\"a\":1}\n");
  }

  /** As an agent does that runs for a moment: what is too old is settled unhandled. */
  private void settleAll() {
    try (AgentBus _ =
        AgentBus.open(
            Samples.WORKER,
            Registry.open(folder, InstantSource.system()),
            new NdjsonChannels(folder, _ -> {}),
            (_, _) -> {},
            BusOptions.defaults())) {
      scene.awaitSettled();
    }
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }
}
