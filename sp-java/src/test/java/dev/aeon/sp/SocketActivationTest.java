package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.sp.SocketActivation.Activated;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SocketActivationTest {
  @Test
  void sockets_withoutServiceManager_areNone() {
    assertThat(SocketActivation.sockets(Map.of(), 7)).isEmpty();
  }

  @Test
  void sockets_meantForAnotherProcess_areNone() {
    assertThat(SocketActivation.sockets(Map.of("LISTEN_PID", "8", "LISTEN_FDS", "1"), 7)).isEmpty();
  }

  @Test
  void sockets_handedOver_areNumberedFromThreeWithTheirNames() {
    Map<String, String> environment =
        Map.of("LISTEN_PID", "7", "LISTEN_FDS", "3", "LISTEN_FDNAMES", "bus:api");
    assertThat(SocketActivation.sockets(environment, 7))
        .containsExactly(new Activated(3, "bus"), new Activated(4, "api"), new Activated(5, ""));
  }

  @Test
  void variables_thatAreNoNumbers_areNamed() {
    Map<String, String> environment = Map.of("LISTEN_PID", "7", "LISTEN_FDS", "many");
    assertThatThrownBy(() -> SocketActivation.sockets(environment, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LISTEN_FDS=many");
  }

  @Test
  void variables_outOfRange_areRefused() {
    for (String count : new String[] {"-1", "1025", "99999999999"}) {
      Map<String, String> environment = Map.of("LISTEN_PID", "7", "LISTEN_FDS", count);
      assertThatThrownBy(() -> SocketActivation.sockets(environment, 7))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("LISTEN_FDS=" + count);
    }
  }
}
