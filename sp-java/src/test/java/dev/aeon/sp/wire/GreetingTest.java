package dev.aeon.sp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class GreetingTest {
  @Test
  void encode_req_hasTheBytesOfTheSpecification() {
    byte[] bytes = new byte[Greeting.BYTE_SIZE];
    Greeting.encode(MemorySegment.ofArray(bytes), 0, ProtocolNumber.REQ0.value());
    assertThat(bytes).containsExactly(0, 0x53, 0x50, 0, 0, 0x30, 0, 0);
  }

  @Test
  void decode_everyProtocol_roundTrips() throws MalformedException {
    MemorySegment memory = MemorySegment.ofArray(new byte[Greeting.BYTE_SIZE + 3]);
    for (ProtocolNumber number : ProtocolNumber.values()) {
      Greeting.encode(memory, 3, number.value());
      assertThat(Greeting.decode(memory, 3)).isEqualTo(number.value());
      assertThat(number.peer().peer()).isEqualTo(number);
    }
  }

  @Test
  void decode_anyFixedBytePerturbed_isMalformed() {
    for (int index : new int[] {0, 1, 2, 3, 6, 7}) {
      MemorySegment memory = MemorySegment.ofArray(new byte[Greeting.BYTE_SIZE]);
      Greeting.encode(memory, 0, 0x30);
      memory.set(java.lang.foreign.ValueLayout.JAVA_BYTE, index, (byte) 0x7f);
      assertThatThrownBy(() -> Greeting.decode(memory, 0))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("bytes=");
    }
  }
}
