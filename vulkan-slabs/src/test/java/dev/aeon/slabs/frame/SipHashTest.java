package dev.aeon.slabs.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Against the vectors of the SipHash paper's reference implementation: key 00…0f, input 00, 01, …
 */
class SipHashTest {
  private static final SipHash REFERENCE = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

  @Test
  void hash_ofReferenceInputs_isThatOfThePaper() {
    assertThat(hashOfFirst(0)).isEqualTo(0x726fdb47dd0e0e31L);
    assertThat(hashOfFirst(1)).isEqualTo(0x74f839c593dc67fdL);
    assertThat(hashOfFirst(8)).isEqualTo(0x93f5f5799a932462L);
    assertThat(hashOfFirst(15)).isEqualTo(0xa129ca6149be45e5L);
  }

  @Test
  void hash_ofANumber_isThatOfItsBytes() {
    assertThat(REFERENCE.hash(0x0706050403020100L)).isEqualTo(hashOfFirst(8));
  }

  @Test
  void requestIds_ofTwoSockets_areNeitherEqualNorInOrder() {
    Set<Long> ids = new HashSet<>();
    RequestIds first = new RequestIds();
    RequestIds second = new RequestIds();
    int risingCount = 0;
    long last = 0;
    for (int i = 0; i < 10_000; i++) {
      long id = first.next();
      risingCount += id > last ? 1 : 0;
      last = id;
      ids.add(id);
      ids.add(second.next());
    }
    assertThat(ids).hasSize(20_000).doesNotContain(0L);
    assertThat(risingCount).isBetween(4_000, 6_000);
  }

  private static long hashOfFirst(int count) {
    byte[] input = new byte[count];
    for (int i = 0; i < count; i++) {
      input[i] = (byte) i;
    }
    return REFERENCE.hash(MemorySegment.ofArray(input), 0, count);
  }
}
