package dev.aeon.slabs.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordCipherTest {
  private static final byte[] SECRET = ChannelKey.generate().toByteArray();

  private final RecordCipher sender = new RecordCipher(SECRET.clone(), 10);
  private final RecordCipher receiver = new RecordCipher(SECRET.clone(), 10);

  @Test
  void records_acrossManyEpochs_openAsTheyWereSealed() {
    for (int i = 0; i < 200; i++) {
      byte[] plain = new byte[i];
      Arrays.fill(plain, (byte) i);
      assertThat(open(seal(plain))).isEqualTo(plain);
    }
  }

  @Test
  void everyBit_thatIsChanged_isNoticed() {
    byte[] sealed = seal(new byte[] {1, 2, 3, 4, 5});
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] forged = sealed.clone();
      forged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> open(forged)).isInstanceOf(RecordForgedException.class);
    }
    assertThat(open(sealed)).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void everyShorterRecord_isRefused() {
    byte[] sealed = seal(new byte[8]);
    for (int byteSize = 0; byteSize < sealed.length; byteSize++) {
      byte[] cut = Arrays.copyOf(sealed, byteSize);
      assertThatThrownBy(() -> open(cut)).isInstanceOf(RecordForgedException.class);
    }
  }

  @Test
  void records_repeatedLeftOutOrExchanged_areRefused() {
    List<byte[]> sealed = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sealed.add(seal(new byte[] {(byte) i}));
    }
    assertThat(open(sealed.get(0))).containsExactly(0);
    assertThatThrownBy(() -> open(sealed.get(0)))
        .isInstanceOf(RecordForgedException.class)
        .hasMessageContaining("found=0 sequence=1");
    assertThatThrownBy(() -> open(sealed.get(2))).isInstanceOf(RecordForgedException.class);
    assertThat(open(sealed.get(1))).containsExactly(1);
  }

  @Test
  void equalRecords_neverLookAlike() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      byte[] sealed = seal(new byte[64]);
      byte[] hidden = Arrays.copyOfRange(sealed, RecordCipher.HEADER_BYTES, sealed.length);
      assertThat(seen.add(HexFormat.of().formatHex(hidden))).isTrue();
    }
  }

  @Test
  void anotherKey_opensNothing() {
    RecordCipher stranger = new RecordCipher(ChannelKey.generate().toByteArray(), 10);
    byte[] sealed = seal(new byte[3]);
    assertThatThrownBy(() -> open(stranger, sealed)).isInstanceOf(RecordForgedException.class);
  }

  @Test
  void channelKeys_ofTwoNames_differAndTellNothing() {
    ChannelKey key = ChannelKey.of(SECRET);
    assertThat(key.forChannel("a").toByteArray())
        .isEqualTo(key.forChannel("a").toByteArray())
        .isNotEqualTo(key.forChannel("b").toByteArray())
        .isNotEqualTo(SECRET);
    assertThat(key).hasToString("ChannelKey[…]");
    assertThatThrownBy(() -> ChannelKey.of(new byte[31])).hasMessageContaining("byteSize=31");
  }

  private byte[] seal(byte[] plain) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to = arena.allocate(plain.length + RecordCipher.OVERHEAD_BYTES);
      MemorySegment from = arena.allocate(Math.max(1, plain.length));
      MemorySegment.copy(plain, 0, from, ValueLayout.JAVA_BYTE, 0, plain.length);
      sender.seal(from, 0, plain.length, to, 0);
      return to.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private byte[] open(byte[] sealed) {
    return open(receiver, sealed);
  }

  private static byte[] open(RecordCipher cipher, byte[] sealed) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = arena.allocate(Math.max(1, sealed.length));
      MemorySegment.copy(sealed, 0, from, ValueLayout.JAVA_BYTE, 0, sealed.length);
      MemorySegment to = arena.allocate(1024);
      int byteSize = cipher.open(from, 0, sealed.length, to);
      return to.asSlice(0, byteSize).toArray(ValueLayout.JAVA_BYTE);
    }
  }
}
