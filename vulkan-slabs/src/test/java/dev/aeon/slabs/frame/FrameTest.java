package dev.aeon.slabs.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class FrameTest {
  private final MemorySegment memory = MemorySegment.ofArray(new long[16]);

  @Test
  void fields_afterBegin_readAsWritten() {
    Frame.begin(memory, 8, FrameKind.PUBLISH, -5, 77);
    Frame.setFlags(memory, 8, Frame.FLAG_VECTOR | Frame.FLAG_STREAM);
    Frame.setReplyByteSize(memory, 8, 1234);
    Frame.setSchema(memory, 8, 99);
    assertThat(Frame.check(memory, 8, Frame.HEADER_BYTES)).isEqualTo(FrameKind.PUBLISH);
    assertThat(Frame.flags(memory, 8)).isEqualTo(Frame.FLAG_VECTOR | Frame.FLAG_STREAM);
    assertThat(Frame.requestId(memory, 8)).isEqualTo(-5);
    assertThat(Frame.routing(memory, 8)).isEqualTo(77);
    assertThat(Frame.replyByteSize(memory, 8)).isEqualTo(1234);
    assertThat(Frame.schema(memory, 8)).isEqualTo(99);
  }

  @Test
  void replyByteSize_thatIsNegative_countsAsNone() {
    Frame.begin(memory, 0, FrameKind.REQUEST, 1, 1);
    Frame.setReplyByteSize(memory, 0, -1);
    assertThat(Frame.replyByteSize(memory, 0)).isZero();
  }

  @Test
  void check_ofEveryShorterLength_saysWhatIsMissing() {
    Frame.begin(memory, 0, FrameKind.REQUEST, 1, 1);
    for (int byteSize = 0; byteSize < Frame.HEADER_BYTES; byteSize++) {
      int cut = byteSize;
      assertThatThrownBy(() -> Frame.check(memory, 0, cut))
          .isInstanceOf(FrameException.class)
          .hasMessageContaining("byteSize=" + cut);
    }
  }

  @Test
  void check_ofEveryOtherVersionAndKind_refuses() {
    int accepted = 0;
    for (int version = -128; version < 128; version++) {
      for (int kind = -128; kind < 128; kind++) {
        Frame.begin(memory, 0, FrameKind.REQUEST, 1, 1);
        memory.set(ValueLayout.JAVA_BYTE, 0, (byte) version);
        memory.set(ValueLayout.JAVA_BYTE, 1, (byte) kind);
        accepted += isAccepted() ? 1 : 0;
      }
    }
    assertThat(accepted).isEqualTo(FrameKind.values().length);
  }

  private boolean isAccepted() {
    try {
      Frame.check(memory, 0, Frame.HEADER_BYTES);
      return true;
    } catch (FrameException refused) {
      return false;
    }
  }
}
