package dev.aeon.sp.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.wire.MalformedException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides of a ring in one process. */
class IncomingRingTest {
  private static final long CAPACITY = 4096;
  private static final int SMALL_COUNT = 1_000;

  private final MemorySegment bytes = Arena.ofAuto().allocate(CAPACITY);
  private OutgoingRing outgoing;
  private IncomingRing incoming;

  @BeforeEach
  void map() throws MalformedException {
    outgoing = OutgoingRing.create("incoming-ring-test", CAPACITY);
    incoming = IncomingRing.map(outgoing.descriptor());
  }

  @AfterEach
  void close() {
    incoming.close();
    outgoing.close();
  }

  private void write(long byteCount) throws MalformedException {
    assertThat(outgoing.write(bytes, 0, byteCount)).isEqualTo(byteCount);
  }

  private void read(long byteCount) throws MalformedException {
    assertThat(incoming.read(bytes, 0, byteCount)).isEqualTo(byteCount);
  }

  @Test
  void writerThatSleepsOverAFullRing_isWokenOnceAndNotBeforeHalfIsRead() throws MalformedException {
    write(CAPACITY);
    outgoing.setWriterSleeps(true);
    read(CAPACITY / 4);
    assertThat(incoming.takeWriterSleeps()).isFalse();
    read(CAPACITY / 4);
    assertThat(incoming.takeWriterSleeps()).isTrue();
    assertThat(incoming.takeWriterSleeps()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 73, 1_000, CAPACITY / 2, CAPACITY})
  void writerThatSleepsAfterManyMessages_isWoken(long byteCount) throws MalformedException {
    for (int count = 0; count < SMALL_COUNT; count++) {
      write(byteCount);
      read(byteCount);
      assertThat(incoming.takeWriterSleeps()).isFalse();
    }
    write(CAPACITY);
    outgoing.setWriterSleeps(true);
    read(CAPACITY);
    assertThat(incoming.takeWriterSleeps()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, CAPACITY / 2, 3 * CAPACITY / 4})
  void writerThatSleepsWithMoreThanHalfTaken_isWokenWhereverItStands(long before)
      throws MalformedException {
    write(before);
    read(before);
    assertThat(incoming.takeWriterSleeps()).isFalse();
    write(CAPACITY / 2 + 1);
    outgoing.setWriterSleeps(true);
    read(1);
    assertThat(incoming.takeWriterSleeps()).isTrue();
  }
}
