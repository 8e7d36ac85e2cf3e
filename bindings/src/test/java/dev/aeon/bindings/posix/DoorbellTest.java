package dev.aeon.bindings.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.Errno;
import dev.aeon.bindings.NativeCallException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoorbellTest {
  private final Doorbell doorbell = Doorbell.open();

  @AfterEach
  void close() {
    doorbell.close();
  }

  @Test
  void rings_areTakenTogether() {
    try (DoorbellButton button = DoorbellButton.of(doorbell.button())) {
      assertThat(button.ring()).isTrue();
      assertThat(button.ring()).isTrue();
      assertThat(doorbell.take()).isEqualTo(2);
      assertThat(doorbell.take()).isEqualTo(-Errno.EAGAIN);
    }
  }

  @Test
  void lastButtonClosed_isTheEnd() {
    DoorbellButton.of(doorbell.button()).close();
    assertThat(doorbell.take()).isEqualTo(Doorbell.AT_END);
  }

  @Test
  void ring_whenNobodyIsLeft_isFalse() {
    try (DoorbellButton button = DoorbellButton.of(doorbell.button())) {
      doorbell.close();
      assertThat(button.ring()).isFalse();
    }
  }

  @Test
  void button_ofNoDoorbell_isRefusedAndClosed() {
    try (SharedMemory memory = SharedMemory.create("none", 1)) {
      Descriptor passed = memory.descriptor();
      assertThatThrownBy(() -> DoorbellButton.of(passed))
          .isInstanceOf(NativeCallException.class)
          .hasMessageContaining("EPROTOTYPE");
      assertThat(passed.isClosed()).isTrue();
    }
  }
}
