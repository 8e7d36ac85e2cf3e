package dev.aeon.checks.bench.ring;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Payloads of more than {@link Ring#STRIDE_BYTES}, as many words by one instruction as the
 * processor has room for: the same for every system. Word by word the processor waits for its own
 * instructions, not for the other one's cache lines.
 */
final class WideWords {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
  private static final int WIDTH_BYTES = SPECIES.vectorByteSize();

  private WideWords() {}

  static void write(MemorySegment memory, long byteOffset, int byteSize, long first) {
    LongVector words = from(first);
    for (int at = 0; at < byteSize; at += WIDTH_BYTES) {
      words.intoMemorySegment(memory, byteOffset + at, ByteOrder.nativeOrder());
      words = words.add(SPECIES.length());
    }
  }

  static long sum(MemorySegment memory, long byteOffset, int byteSize) {
    LongVector sum = LongVector.zero(SPECIES);
    for (int at = 0; at < byteSize; at += WIDTH_BYTES) {
      sum =
          sum.add(
              LongVector.fromMemorySegment(
                  SPECIES, memory, byteOffset + at, ByteOrder.nativeOrder()));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static void write(byte[] body, long first) {
    LongVector words = from(first);
    for (int at = 0; at < body.length; at += WIDTH_BYTES) {
      words.reinterpretAsBytes().intoArray(body, at);
      words = words.add(SPECIES.length());
    }
  }

  static long sum(byte[] body) {
    LongVector sum = LongVector.zero(SPECIES);
    for (int at = 0; at < body.length; at += WIDTH_BYTES) {
      sum = sum.add(ByteVector.fromArray(BYTES, body, at).reinterpretAsLongs());
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  private static LongVector from(long first) {
    return LongVector.broadcast(SPECIES, first).addIndex(1);
  }
}
