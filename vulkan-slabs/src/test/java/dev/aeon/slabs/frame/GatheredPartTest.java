package dev.aeon.slabs.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GatheredPartTest {
  private static final byte[] LIST =
      GatheredPart.encode(
          List.of(
              new GatheredPart(1, false, new byte[] {1, 2, 3}),
              new GatheredPart(2, true, new byte[0]),
              new GatheredPart(7, false, new byte[8])));

  @Test
  void parts_encoded_decodeToTheSame() {
    List<GatheredPart> parts = GatheredPart.decode(LIST);
    assertThat(parts).hasSize(3);
    assertThat(parts.get(0).body()).containsExactly(1, 2, 3);
    assertThat(parts.get(1).failed()).isTrue();
    assertThat(parts.get(2).shard()).isEqualTo(7);
    assertThat(GatheredPart.decode(new byte[0])).isEmpty();
  }

  @Test
  void list_cutAnywhere_isShorterOrRefused() {
    for (int length = 0; length < LIST.length; length++) {
      byte[] cut = Arrays.copyOf(LIST, length);
      try {
        assertThat(GatheredPart.decode(cut).size()).isLessThanOrEqualTo(3);
      } catch (FrameException refused) {
        assertThat(refused).hasMessageContaining("position=");
      }
    }
  }

  @Test
  void sizes_thatLie_areRefused() {
    for (long lie : new long[] {-1, 1 << 20, Long.MAX_VALUE, Long.MIN_VALUE}) {
      byte[] forged = LIST.clone();
      ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN).putLong(8, lie);
      assertThatThrownBy(() -> GatheredPart.decode(forged)).isInstanceOf(FrameException.class);
    }
  }

  @Test
  void randomBytes_crashNothing() {
    Random random = new Random(3);
    for (int round = 0; round < 10_000; round++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      try {
        assertThat(GatheredPart.decode(bytes)).isNotNull();
      } catch (FrameException refused) {
        assertThat(refused).hasMessageContaining("byteSize=");
      }
    }
  }
}
