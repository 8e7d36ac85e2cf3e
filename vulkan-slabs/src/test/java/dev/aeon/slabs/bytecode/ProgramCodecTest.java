package dev.aeon.slabs.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramCodecTest {
  private static final Program PROGRAM =
      Program.of(
          List.of(
              new Instruction.Load(0, 0),
              new Instruction.Load(1, 1),
              new Instruction.MatVec(2, 0, 1),
              new Instruction.Act(2, 2, Activation.RELU),
              new Instruction.Sum(5, 2),
              new Instruction.Dot(6, 2, 2),
              new Instruction.TopK(3, 4, 2, 7),
              new Instruction.Store(2, 3)));

  @Test
  void program_encodedAndDecoded_isTheSame() {
    assertThat(ProgramCodec.decode(ProgramCodec.encode(PROGRAM))).isEqualTo(PROGRAM);
  }

  @Test
  void bytes_truncatedAnywhere_areRefused() {
    byte[] bytes = ProgramCodec.encode(PROGRAM);
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ProgramCodec.decode(truncated))
          .isInstanceOf(ByteCodeException.class);
    }
  }

  @Test
  void bytes_truncatedWithAMatchingSize_areRefused() {
    byte[] bytes = ProgramCodec.encode(PROGRAM);
    for (int length = ProgramCodec.HEADER_BYTES; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      ByteBuffer.wrap(truncated).order(ByteOrder.LITTLE_ENDIAN).putInt(12, length);
      assertThatThrownBy(() -> ProgramCodec.decode(truncated))
          .isInstanceOf(ByteCodeException.class)
          .hasMessageContaining("byteOffset=");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,magic",
    "4,2,version",
    "6,1,reserved",
    "8,0,instruction count",
    "12,1,byteSize",
    "16,99,no such operation",
    "17,1,flags",
    "18,9,element type",
    "19,7,operand count",
    "20,1,immediate"
  })
  void field_withAWrongValue_isNamed(int byteOffset, byte value, String what) {
    byte[] bytes = ProgramCodec.encode(PROGRAM);
    bytes[byteOffset] = value;
    assertThatThrownBy(() -> ProgramCodec.decode(bytes))
        .isInstanceOf(ByteCodeException.class)
        .hasMessageContaining(what);
  }

  @Test
  void bytes_changedAtRandom_areAProgramOrAreRefused() {
    long seed = Long.getLong("aeon.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = ProgramCodec.encode(PROGRAM);
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        Program decoded = ProgramCodec.decode(bytes);
        assertThat(ProgramCodec.encode(decoded)).as("seed=%d", seed).isEqualTo(bytes);
      } catch (ByteCodeException refused) {
        assertThat(refused)
            .as("seed=%d", seed)
            .hasMessageMatching(".*(byteOffset|instruction|count)=.*");
      }
    }
  }
}
