package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.ipc.AbstractTransport;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbstractTransportTest extends TransportContract {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Transport transport = new AbstractTransport();

  @Override
  Transport transport() {
    return transport;
  }

  @Override
  String freshAddress() {
    return "aeon%00" + ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet();
  }

  @ParameterizedTest
  @CsvSource({"'',0", "a%,1", "ab%4,2", "%zz,1", "%4z,2", "ab%00%g0,6"})
  void check_malformedName_saysWhere(String name, int index) {
    assertThatThrownBy(() -> transport.check(name, Transport.Direction.DIAL))
        .isInstanceOfSatisfying(
            TransportException.class, e -> assertThat(e.index()).isEqualTo(index));
  }

  @Test
  void check_longestName_isAcceptedAndOneMoreRefused() {
    transport.check("%00".repeat(107), Transport.Direction.LISTEN);
    assertThatThrownBy(() -> transport.check("%00".repeat(108), Transport.Direction.LISTEN))
        .isInstanceOf(TransportException.class);
  }
}
