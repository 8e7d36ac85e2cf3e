package dev.aeon.sp.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.wire.MalformedException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides of a ring in one process. */
class IncomingRingTest {
  private static final long CAPACITY = 4096;
  private static final int SMALL_COUNT = 1_000;
  private static final int MANY_COUNT = 300_000;

  private final MemorySegment bytes = Arena.ofAuto().allocate(CAPACITY);
  private int written;
  private int readSoFar;
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

  /** Numbers that go on from one write to the next. */
  private void writeNumbers(int byteCount) throws MalformedException {
    for (int index = 0; index < byteCount; index++) {
      bytes.set(ValueLayout.JAVA_BYTE, index, (byte) written++);
    }
    write(byteCount);
  }

  private void readNumbers(int byteCount) throws MalformedException {
    bytes.fill((byte) -1);
    long count = 0;
    while (count < byteCount) {
      count += incoming.read(bytes, count, byteCount - count);
    }
    for (int index = 0; index < byteCount; index++) {
      assertThat(bytes.get(ValueLayout.JAVA_BYTE, index)).isEqualTo((byte) readSoFar++);
    }
  }

  @Test
  void bytes_writtenAndReadInPiecesOfAllSizes_areTheSame() throws MalformedException {
    Random random = new Random(1);
    for (int count = 0; count < SMALL_COUNT; count++) {
      int left = 0;
      for (int writes = random.nextInt(1, 4); writes > 0; writes--) {
        int size = random.nextInt(1, random.nextBoolean() ? LastWrite.MAX_BYTE_SIZE + 2 : 1_000);
        writeNumbers(size);
        left += size;
      }
      while (left > 0) {
        int size = random.nextBoolean() ? left : random.nextInt(1, left + 1);
        readNumbers(size);
        left -= size;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 111, 112, 113})
  void bytes_ofTheLastWrite_areReadInParts(int byteCount) throws MalformedException {
    writeNumbers(byteCount);
    for (int left = byteCount; left > 0; left--) {
      readNumbers(1);
    }
    writeNumbers(1_000);
    readNumbers(1_000);
  }

  /** As fast as both can, so that the reader comes upon every stage of a write. */
  @Test
  @Timeout(120)
  void bytes_writtenWhileTheyAreRead_areTheSame() throws Exception {
    FutureTask<Long> writing = new FutureTask<>(this::writeManySmall);
    Thread.ofPlatform().start(writing);
    MemorySegment seen = Arena.ofAuto().allocate(CAPACITY);
    long position = 0;
    while (!writing.isDone() || !incoming.isEmpty()) {
      long count = incoming.read(seen, 0, CAPACITY);
      for (long index = 0; index < count; index++) {
        byte expected = (byte) (position + index);
        if (seen.get(ValueLayout.JAVA_BYTE, index) != expected) {
          throw new AssertionError("a byte is another's: position=" + (position + index));
        }
      }
      position += count;
      Thread.onSpinWait();
    }
    assertThat(position).isEqualTo(writing.get());
  }

  private long writeManySmall() throws MalformedException {
    Random random = new Random(2);
    MemorySegment from = Arena.ofAuto().allocate(2 * LastWrite.MAX_BYTE_SIZE);
    long position = 0;
    for (int count = 0; count < MANY_COUNT; count++) {
      int size = random.nextInt(1, LastWrite.MAX_BYTE_SIZE + 16);
      for (int index = 0; index < size; index++) {
        from.set(ValueLayout.JAVA_BYTE, index, (byte) (position + index));
      }
      for (long done = 0; done < size; Thread.onSpinWait()) {
        done += outgoing.write(from, done, size - done);
      }
      position += size;
    }
    return position;
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
