package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Message message) {
    return new String(message.toByteArray(), StandardCharsets.UTF_8);
  }

  @Test
  void trimAndChop_takeOffWithoutCopying() {
    try (Message message = Message.copyOf(bytes("<body>"))) {
      MemorySegment before = message.body();
      message.trim(1);
      message.chop(1);
      assertThat(text(message)).isEqualTo("body");
      assertThat(message.body().address()).isEqualTo(before.address() + 1);
    }
  }

  @Test
  void insertAndAppend_withinTheRoom_copyNothing() {
    try (Message message = Message.allocate(4, 8, 8)) {
      long address = message.body().address();
      message.body().copyFrom(MemorySegment.ofArray(bytes("body")));
      message.insert(bytes("<"));
      message.append(bytes(">"));
      assertThat(text(message)).isEqualTo("<body>");
      assertThat(message.body().address()).isEqualTo(address - 1);
    }
  }

  @Test
  void insertAndAppend_beyondTheRoom_moveTheBody() {
    try (Message message = Message.copyOf(bytes("body"))) {
      message.insert(bytes("x".repeat(3_000)));
      message.append(bytes("y".repeat(3_000)));
      assertThat(text(message)).isEqualTo("x".repeat(3_000) + "body" + "y".repeat(3_000));
    }
  }

  @Test
  void trimmedRoom_isThereForInsert() {
    try (Message message = Message.copyOf(bytes("12345678body"))) {
      message.trim(8);
      long address = message.body().address();
      message.insert(bytes("8765"));
      assertThat(text(message)).isEqualTo("8765body");
      assertThat(message.body().address()).isEqualTo(address - 4);
    }
  }

  @Test
  void header_staysInFrontWhileTheBodyChanges() {
    try (Message message = Message.copyOf(bytes("body"))) {
      message.prependHeaderWord(2);
      message.prependHeaderWord(1);
      message.trim(2);
      message.insert(bytes("new "));
      message.append(bytes("!".repeat(1_000)));
      assertThat(message.headerWordCount()).isEqualTo(2);
      assertThat(message.headerWord(0)).isEqualTo(1);
      assertThat(message.headerWord(1)).isEqualTo(2);
      assertThat(text(message)).startsWith("new dy!");
    }
  }

  @Test
  void duplicate_isIndependent() {
    try (Message message = Message.copyOf(bytes("body"));
        Message copy = message.duplicate()) {
      copy.insert(bytes("a "));
      assertThat(text(message)).isEqualTo("body");
      assertThat(text(copy)).isEqualTo("a body");
    }
  }

  @Test
  void outOfRange_isRefusedAndChangesNothing() {
    try (Message message = Message.copyOf(bytes("body"))) {
      assertThatThrownBy(() -> message.trim(5)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> message.chop(-1)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> message.insert(-1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> message.headerWord(0)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThat(text(message)).isEqualTo("body");
    }
  }

  @Test
  void closed_everyUseThrows() {
    Message message = Message.copyOf(bytes("body"));
    message.close();
    message.close();
    assertThatThrownBy(message::body).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> message.trim(1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> message.append(1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(message::duplicate).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sent_everyUseThrows() {
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      var _ = push.dial(pull.listen("inproc://message-sent").url());
      Message message = Message.copyOf(bytes("body"));
      push.send(message);
      assertThatThrownBy(message::body).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> push.send(message)).isInstanceOf(IllegalStateException.class);
      pull.receive().close();
    }
  }
}
