package dev.aeon.sp.transport.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What sessions rely on in every guard. */
class PacketGuardTest {
  private static final byte[] KEY = "a key of two dozen bytes".getBytes(StandardCharsets.US_ASCII);
  private static final int BYTE_SIZE = 60;
  private static final int ROOM = 100;

  private final MemorySegment memory = Arena.ofAuto().allocate(ROOM);

  record Pair(String name, PacketGuard sender, PacketGuard receiver) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Pair> guards() {
    return List.of(
        new Pair("checksum", new ChecksumGuard(), new ChecksumGuard()),
        new Pair("keyed", new KeyedGuard(KEY), new KeyedGuard(KEY)),
        new Pair("cipher", new CipherGuard(KEY, 1, 2), new CipherGuard(KEY, 2, 1)))
        .stream();
  }

  private int seal(PacketGuard guard) {
    for (int index = 0; index < BYTE_SIZE; index++) {
      memory.set(ValueLayout.JAVA_BYTE, index, (byte) index);
    }
    PacketLayout.write(memory, 0, PacketLayout.TRANSFER, 0x10, 77, 5);
    return guard.seal(memory, 0, BYTE_SIZE);
  }

  @ParameterizedTest
  @MethodSource("guards")
  void packet_unchanged_comesBackAsItWas(Pair pair) {
    int sealed = seal(pair.sender());
    assertThat(sealed).isEqualTo(BYTE_SIZE + pair.sender().overheadByteSize());
    assertThat(pair.receiver().open(memory, 0, sealed)).isEqualTo(BYTE_SIZE);
    for (int index = PacketLayout.BYTE_SIZE; index < BYTE_SIZE; index++) {
      assertThat(memory.get(ValueLayout.JAVA_BYTE, index)).isEqualTo((byte) index);
    }
  }

  @ParameterizedTest
  @MethodSource("guards")
  void packet_withAnyBitChanged_isRefused(Pair pair) {
    int sealed = seal(pair.sender());
    for (int bit = 0; bit < sealed * Byte.SIZE; bit++) {
      sealed = seal(freshLike(pair).sender());
      byte changed = (byte) (memory.get(ValueLayout.JAVA_BYTE, bit / 8) ^ (1 << (bit % 8)));
      memory.set(ValueLayout.JAVA_BYTE, bit / 8, changed);
      assertThat(pair.receiver().open(memory, 0, sealed)).as("bit %d", bit).isNegative();
    }
  }

  /** The platform's cipher refuses to use one nonce twice, as this test would. */
  private static Pair freshLike(Pair pair) {
    return guards().filter(each -> each.name().equals(pair.name())).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("guards")
  void packet_cutAnywhere_isRefused(Pair pair) {
    int sealed = seal(pair.sender());
    for (int byteSize = PacketLayout.BYTE_SIZE; byteSize < sealed; byteSize++) {
      assertThat(pair.receiver().open(memory, 0, byteSize)).as("size %d", byteSize).isNegative();
    }
  }
}
