package dev.aeon.apm.channel.ndjson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.FileChannelContract;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.Relay;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** File channels keep the contract, and what they promise beyond it. */
class NdjsonChannelTest extends FileChannelContract {
  private final List<BadInput> torn = new ArrayList<>();

  @Override
  protected Channels channels() {
    return new NdjsonChannels(apm(), torn::add, options()).withRelay(relay());
  }

  NdjsonOptions options() {
    return NdjsonOptions.defaults();
  }

  Relay relay() {
    return NoRelay.INSTANCE;
  }

  @Test
  void append_completes_lineIsInTheSpecifiedFile() throws Exception {
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      RoutedMessage message = routed("t1");
      channel.append(message).get(60, TimeUnit.SECONDS);
      assertThat(Files.readString(messages()))
          .isEqualTo(text(message) + "\n")
          .startsWith("{\"metadata\":{\"seq\":1},\"version\":");
      assertThat(Files.readString(channelDirectory().resolve("channel.json")))
          .contains("\"sender\":\"manager_001\"", "\"receiver\":\"impl_001\"", "\"format\":1");
    }
  }

  @Test
  void open_secondWriter_isRefusedAndTheFirstGoesOn() throws Exception {
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> channels.open(SENDER, RECEIVER))
            .isInstanceOfSatisfying(
                ChannelException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.E_SYSTEM_004));
      }
      channel.append(routed("t1")).get(60, TimeUnit.SECONDS);
    }
    channels.open(SENDER, RECEIVER).close();
  }

  @Test
  void open_tornAtEveryByte_isCutBackToTheLastLineAndKeptAside() throws Exception {
    String whole = text(routed("whole")) + "\n";
    String next = "{\"next\":true}";
    for (int cut = 1; cut <= next.length(); cut++) {
      channels.open(SENDER, RECEIVER).close();
      String end = next.substring(0, cut);
      Files.writeString(messages(), whole + end);
      torn.clear();
      channels.open(SENDER, RECEIVER).close();
      assertThat(Files.readString(messages())).isEqualTo(whole);
      assertThat(torn).singleElement().extracting(BadInput::raw).isEqualTo(end.getBytes(UTF_8));
      assertThat(torn.getFirst().source().position()).isEqualTo(whole.length());
    }
  }

  @Test
  void open_tornEndOfMegabytes_keepsEveryByteAside() throws Exception {
    channels.open(SENDER, RECEIVER).close();
    byte[] end = new byte[3_000_001];
    new Random(7).nextBytes(end);
    replaceNewlines(end);
    Files.writeString(messages(), "line\n");
    Files.write(messages(), end, StandardOpenOption.APPEND);
    channels.open(SENDER, RECEIVER).close();
    var kept = new ByteArrayOutputStream();
    torn.forEach(input -> kept.writeBytes(input.raw()));
    assertThat(kept.toByteArray()).isEqualTo(end);
    assertThat(Files.readString(messages())).isEqualTo("line\n");
  }

  @Test
  void listen_lineWithoutNewline_waitsForIt() throws Exception {
    channels.open(SENDER, RECEIVER).close();
    Files.writeString(messages(), "first\nseco");
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      assertThat(listener.nextLine()).isEqualTo("first");
      assertThat(listener.hasMore()).isFalse();
      Files.writeString(messages(), "nd\n", StandardOpenOption.APPEND);
      assertThat(listener.nextLine()).isEqualTo("second");
    }
  }

  @Test
  void remind_messageWaits_touchesTheFileAndAddsNothing() throws Exception {
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      RoutedMessage message = routed("t1");
      MessageId id = message.message().messageId();
      channel.append(message).get(60, TimeUnit.SECONDS);
      FileTime before = FileTime.from(Instant.EPOCH);
      Files.setLastModifiedTime(messages(), before);
      long byteSize = Files.size(messages());

      assertThat(channel.remind(id)).isTrue();
      assertThat(Files.getLastModifiedTime(messages())).isGreaterThan(before);
      assertThat(Files.size(messages())).isEqualTo(byteSize);
    }
  }

  @Test
  void remind_messageOfAWriterBefore_saysSoUntilItIsSettled() throws Exception {
    RoutedMessage message = routed("t1");
    MessageId id = message.message().messageId();
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      channel.append(message).get(60, TimeUnit.SECONDS);
    }
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      assertThat(channel.remind(id)).isTrue();
      try (Inbox _ = channels.listen(RECEIVER, listener)) {
        listener.nextDelivery().settle();
      }
      assertThat(channel.remind(id)).as("settled").isFalse();
    }
  }

  @Test
  void listen_carriageReturnsAndBlankLines_areTolerated() throws Exception {
    channels.open(SENDER, RECEIVER).close();
    Files.writeString(messages(), "\n\r\n  \na\r\n\nb\n");
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      assertThat(listener.nextLine()).isEqualTo("a");
      assertThat(listener.nextLine()).isEqualTo("b");
      assertThat(listener.hasMore()).isFalse();
    }
  }

  @Test
  void listen_channelMadeLater_isFollowed() throws Exception {
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      try (Channel channel = channels.open(new AgentId("late_comer"), RECEIVER)) {
        channel.append(routed("t1")).get(60, TimeUnit.SECONDS);
      }
      assertThat(listener.nextLine()).contains("t1");
    }
  }

  @Test
  void open_pairWithTheSameDirectoryName_isRefused() {
    channels.open(new AgentId("a"), new AgentId("to_b")).close();
    assertThatThrownBy(() -> channels.open(new AgentId("a_to"), new AgentId("b")))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("another pair's channel");
  }

  @Test
  void open_again_saysInTheLockWhoWritesAndWhichWriterThatIs() throws Exception {
    Path lock = channelDirectory().resolve("writer.lock");
    channels.open(SENDER, RECEIVER).close();
    assertThat(lock).content().isEqualToIgnoringNewLines(owner(1));
    channels.open(SENDER, RECEIVER).close();
    assertThat(lock).content().isEqualToIgnoringNewLines(owner(2));
    Files.writeString(lock, "torn");
    channels.open(SENDER, RECEIVER).close();
    assertThat(lock).content().isEqualToIgnoringNewLines(owner(1));
  }

  private static String owner(long epoch) {
    return JsonObject.builder()
        .put("pid", ProcessHandle.current().pid())
        .put("epoch", epoch)
        .build()
        .toString();
  }

  @Test
  void open_directoryIsSymbolicLink_isRefused() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.createDirectories(channelDirectory().getParent());
    Files.createSymbolicLink(channelDirectory(), elsewhere);
    assertThatThrownBy(() -> channels.open(SENDER, RECEIVER))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("not a directory");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void open_messagesIsSymbolicLink_isRefusedAndUntouched() throws Exception {
    channels.open(SENDER, RECEIVER).close();
    Path victim = Files.writeString(directory.resolve("victim"), "no newline");
    Files.delete(messages());
    Files.createSymbolicLink(messages(), victim);
    assertThatThrownBy(() -> channels.open(SENDER, RECEIVER))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("symbolic link");
    assertThat(victim).hasContent("no newline");
    Files.delete(messages());
    channels.open(SENDER, RECEIVER).close();
  }

  @Test
  void open_descriptionIsNotJson_isRefused() throws Exception {
    channels.open(SENDER, RECEIVER).close();
    Files.writeString(channelDirectory().resolve("channel.json"), "{]");
    assertThatThrownBy(() -> channels.open(SENDER, RECEIVER))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("not JSON");
  }

  @Test
  void fileQuarantine_keepsCodeOffsetAndRawBytes() throws Exception {
    Path apm = directory.resolve(".apm");
    channels = new NdjsonChannels(apm, new FileQuarantine(apm, SENDER, InstantSource.system()));
    channels.open(SENDER, RECEIVER).close();
    Files.writeString(messages(), "ok\ntorn");
    channels.open(SENDER, RECEIVER).close();
    assertThat(Files.readString(apm.resolve("dlq/manager_001/malformed.ndjson")))
        .contains("\"offset\":3", "\"errorCode\":\"E_PROTOCOL_002\"", "\"rawBase64\":\"dG9ybg==\"")
        .endsWith("\n");
  }

  private static void replaceNewlines(byte[] bytes) {
    for (int index = 0; index < bytes.length; index++) {
      bytes[index] = bytes[index] == '\n' ? (byte) 'n' : bytes[index];
    }
  }
}
