package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.Doorbell;
import dev.aeon.bindings.posix.DoorbellButton;
import dev.aeon.bindings.posix.SharedMemory;
import dev.aeon.bindings.posix.UnixAddress;
import dev.aeon.bindings.posix.UnixSocket;
import dev.aeon.sp.wire.Packet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that share memory and write into it what they want. */
@Timeout(120)
class HostileSharedMemoryTest {
  private static final String NAME = "aeon-sp-ring-3";
  private static final ValueLayout.OfLong BIG_ENDIAN =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final byte[] GREETING_OF_PUSH = HexFormat.of().parseHex("0053500000500000");
  private static final long MAGIC = 0x61656f6e72696e05L;
  private static final long TAIL_AT = 128;
  private static final long LAST_WRITE_START_AT = 136;
  private static final long HEAD_AT = 384;
  private static final List<Long> WORDS =
      List.of(TAIL_AT, LAST_WRITE_START_AT, HEAD_AT, 256L, 512L);
  private static final long CAPACITY_AT = 8;
  private static final long UNIT_COUNT_AT = 16;
  private static final long BYTES_AT = 4096;
  private static final long CAPACITY = 4096;
  private static final long UNIT_COUNT = 16;
  private static final long RETURNED_AT = BYTES_AT + CAPACITY;
  private static final long UNITS_AT = RETURNED_AT + 4096;
  private static final long REGION_BYTE_SIZE = UNITS_AT + UNIT_COUNT * 4096;

  private final PullSocket pull = PullSocket.open();
  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void listen() {
    path = folder.resolve("s");
    pull.listen("ipc://" + path);
  }

  @AfterEach
  void close() {
    pull.close();
  }

  /** A greeted peer with both regions in its hands. */
  private final class Scribbler implements AutoCloseable {
    private final Descriptor socket = UnixSocket.connect(UnixAddress.ofPath(path.toString()));
    private final SharedMemory mine;
    private final Doorbell doorbell = Doorbell.open();
    private final SharedMemory theirs;
    private final DoorbellButton button;

    Scribbler(String name, long byteSize, long magic) {
      this(name, byteSize, magic, CAPACITY_AT, CAPACITY);
    }

    /** With one word that is not as it should be. */
    Scribbler(String name, long byteSize, long magic, long wordAt, long word) {
      mine = region(name, byteSize, magic);
      if (byteSize >= BYTES_AT) {
        mine.segment().set(ValueLayout.JAVA_LONG, wordAt, word);
      }
      List<Descriptor> received = greet(mine.descriptor().fd(), doorbell.button().fd());
      theirs = SharedMemory.map(received.get(0));
      button = DoorbellButton.of(received.get(1));
    }

    private List<Descriptor> greet(int... fds) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, GREETING_OF_PUSH);
        UnixSocket.sendDescriptors(socket, bytes, fds);
        return receiveGreeting(bytes);
      }
    }

    private List<Descriptor> receiveGreeting(MemorySegment bytes) {
      while (true) {
        try {
          return UnixSocket.receiveDescriptors(socket, bytes).descriptors();
        } catch (NativeCallException notYet) {
          LockSupport.parkNanos(100_000);
        }
      }
    }

    void setTail(long tail) {
      mine.segment().set(ValueLayout.JAVA_LONG, TAIL_AT, tail);
      ring();
    }

    /** Nine bytes, of a message of a hundred, and waits until they were read. */
    void beginMessage() {
      mine.segment().set(ValueLayout.JAVA_BYTE, BYTES_AT, (byte) 1);
      mine.segment().set(ValueLayout.JAVA_BYTE, BYTES_AT + 8, (byte) 100);
      setTail(9);
      Await.until(() -> mine.segment().get(ValueLayout.JAVA_LONG, HEAD_AT) == 9);
    }

    /** A small message, in the ring alone, and where the last write is said to begin. */
    void send(byte[] body, long lastWriteStart) {
      mine.segment().set(ValueLayout.JAVA_BYTE, BYTES_AT, (byte) 1);
      mine.segment().set(BIG_ENDIAN, BYTES_AT + 1, body.length);
      MemorySegment.copy(body, 0, mine.segment(), ValueLayout.JAVA_BYTE, BYTES_AT + 9, body.length);
      mine.segment().set(ValueLayout.JAVA_LONG, LAST_WRITE_START_AT, lastWriteStart);
      setTail(9 + body.length);
    }

    /** A message that lies in a block. */
    void refer(long block, long byteSize) {
      MemorySegment memory = mine.segment();
      long tail = memory.get(ValueLayout.JAVA_LONG, TAIL_AT);
      long at = BYTES_AT + tail % CAPACITY;
      memory.set(ValueLayout.JAVA_BYTE, at, (byte) 2);
      memory.set(BIG_ENDIAN, at + 1, byteSize);
      memory.set(BIG_ENDIAN, at + 9, block);
      setTail(tail + 17);
    }

    void writeBody(long block, byte[] body) {
      long at = UNITS_AT + block * 4096 + Packet.HEADROOM;
      MemorySegment.copy(body, 0, mine.segment(), ValueLayout.JAVA_BYTE, at, body.length);
    }

    boolean isReturned(long block) {
      return mine.segment().get(ValueLayout.JAVA_INT, RETURNED_AT + block * 4) != 0;
    }

    void scribble(Random random) {
      MemorySegment target = random.nextBoolean() ? mine.segment() : theirs.segment();
      long at = random.nextLong(target.byteSize() / Long.BYTES) * Long.BYTES;
      long place = random.nextInt(3) > 0 ? WORDS.get(random.nextInt(WORDS.size())) : at;
      long value = random.nextBoolean() ? random.nextLong() : random.nextInt(8192);
      target.set(ValueLayout.JAVA_LONG, place, value);
      ring();
    }

    private void ring() {
      var _ = button.ring();
    }

    @Override
    public void close() {
      socket.close();
      doorbell.close();
      button.close();
      mine.close();
      theirs.close();
    }
  }

  private static SharedMemory region(String name, long byteSize, long magic) {
    SharedMemory memory = SharedMemory.create(name, byteSize);
    if (byteSize >= Long.BYTES) {
      memory.segment().set(ValueLayout.JAVA_LONG_UNALIGNED, 0, magic);
    }
    if (byteSize >= BYTES_AT) {
      memory.segment().set(ValueLayout.JAVA_LONG, CAPACITY_AT, CAPACITY);
      memory.segment().set(ValueLayout.JAVA_LONG, UNIT_COUNT_AT, UNIT_COUNT);
      memory.segment().set(ValueLayout.JAVA_LONG, LAST_WRITE_START_AT, -1);
    }
    return memory;
  }

  private void assertStillServing() {
    try (PushSocket good = PushSocket.open()) {
      good.dial("ipc://" + path);
      good.send(new byte[] {42});
      while (true) {
        try (Message message = pull.receive(Duration.ofSeconds(60))) {
          if (message.byteSize() == 1 && message.toByteArray()[0] == 42) {
            return;
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 4097, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31, 1L << 32})
  void tail_thatCannotBe_closesThePipe(long tail) {
    try (Scribbler scribbler = new Scribbler(NAME, REGION_BYTE_SIZE, MAGIC)) {
      Await.openPipes(pull, 1);
      scribbler.setTail(tail);
      Await.closed(pull, "MALFORMED_FRAME");
    }
    assertStillServing();
  }

  @Test
  void tail_thatGoesBack_closesThePipe() {
    try (Scribbler scribbler = new Scribbler(NAME, REGION_BYTE_SIZE, MAGIC)) {
      Await.openPipes(pull, 1);
      scribbler.beginMessage();
      scribbler.setTail(1);
      Await.closed(pull, "MALFORMED_FRAME");
    }
    assertStillServing();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 109, 110, 4096, Long.MIN_VALUE, Long.MAX_VALUE})
  void lastWrite_thatIsElsewhere_isNotRead(long start) {
    byte[] body = new byte[100];
    Arrays.fill(body, (byte) 7);
    try (Scribbler scribbler = new Scribbler(NAME, REGION_BYTE_SIZE, MAGIC)) {
      scribbler.send(body, start);
      try (Message message = pull.receive()) {
        assertThat(message.toByteArray()).isEqualTo(body);
      }
    }
  }

  @Test
  void lastWrite_largerThanItsPlace_isNotRead() {
    byte[] body = new byte[104];
    Arrays.fill(body, (byte) 7);
    try (Scribbler scribbler = new Scribbler(NAME, REGION_BYTE_SIZE, MAGIC)) {
      scribbler.send(body, 0);
      try (Message message = pull.receive()) {
        assertThat(message.toByteArray()).isEqualTo(body);
      }
    }
  }

  @Test
  void lastWrite_thatIsNoFrame_closesThePipe() {
    try (Scribbler scribbler = new Scribbler(NAME, REGION_BYTE_SIZE, MAGIC)) {
      scribbler.send(new byte[100], 0);
      Await.closed(pull, "MALFORMED_FRAME");
    }
    assertStillServing();
  }

  @ParameterizedTest
  @ValueSource(longs = {8, BYTES_AT, REGION_BYTE_SIZE - 1, REGION_BYTE_SIZE + 1, UNITS_AT})
  void region_ofWrongSize_isRefused(long byteSize) {
    try (Scribbler scribbler = new Scribbler(NAME, byteSize, MAGIC)) {
      Await.closed(pull, "MALFORMED_FRAME");
      assertThat(scribbler.theirs.byteSize()).isPositive();
    }
    assertStillServing();
  }

  @ParameterizedTest
  @CsvSource({
    "8,0",
    "8,-4096",
    "8,12288",
    "8,9223372036854775807",
    "16,-1",
    "16,15",
    "16,65537",
    "16,9223372036854775807"
  })
  void region_thatLiesOfItsSizes_isRefused(long at, long value) {
    try (Scribbler scribbler = new Scribbler(NAME, REGION_BYTE_SIZE, MAGIC, at, value)) {
      Await.closed(pull, "MALFORMED_FRAME");
      assertThat(scribbler.theirs.byteSize()).isPositive();
    }
    assertStillServing();
  }

  @Test
  void body_inABlock_isTheApplicationsUntilItIsReleased() {
    try (Scribbler scribbler = new Scribbler(NAME, REGION_BYTE_SIZE, MAGIC)) {
      scribbler.writeBody(3, new byte[] {1, 2, 3});
      scribbler.refer(3, 3);
      try (Message message = pull.receive()) {
        assertThat(message.toByteArray()).containsExactly(1, 2, 3);
        assertThat(scribbler.isReturned(3)).isFalse();
      }
      assertThat(scribbler.isReturned(3)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1,100",
    "16,100",
    "15,5000",
    "9223372036854775807,1",
    "-9223372036854775808,1",
    "0,40000",
    "0,1000000"
  })
  void body_thatIsInNoBlock_closesThePipe(long block, long byteSize) {
    try (Scribbler scribbler = new Scribbler(NAME, REGION_BYTE_SIZE, MAGIC)) {
      scribbler.refer(block, byteSize);
      Await.closed(pull, "MALFORMED_FRAME");
    }
    assertStillServing();
  }

  @Test
  void body_largerThanTheReceiveLimit_closesThePipe() {
    try (Scribbler scribbler = new Scribbler(NAME, REGION_BYTE_SIZE, MAGIC)) {
      scribbler.refer(0, -1);
      Await.closed(pull, "TOO_LARGE");
    }
    assertStillServing();
  }

  @Test
  void block_lentTwice_closesThePipeAndLeavesTheFirstBody() {
    try (Scribbler scribbler = new Scribbler(NAME, REGION_BYTE_SIZE, MAGIC)) {
      scribbler.writeBody(0, new byte[] {7});
      scribbler.refer(0, 1);
      try (Message first = pull.receive()) {
        scribbler.refer(0, 1);
        Await.closed(pull, "MALFORMED_FRAME");
        assertThat(first.toByteArray()).containsExactly(7);
      }
    }
    assertStillServing();
  }

  /** A peer that passes what it wants. */
  private void greetPassing(int... fds) {
    try (Descriptor socket = UnixSocket.connect(UnixAddress.ofPath(path.toString()));
        Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, GREETING_OF_PUSH);
      UnixSocket.sendDescriptors(socket, bytes, fds);
      Await.closed(pull, "MALFORMED_GREETING");
    }
  }

  /** As a process that is killed leaves: its memory and its button are with the first byte. */
  @Test
  void peerGone_afterAnyPartOfItsGreeting_leavesNothingBehind() {
    assertStillServing();
    Await.openPipes(pull, 0);
    long descriptors = Mappings.descriptorCount();
    long regions = Mappings.regionCount();
    for (int byteCount = 1; byteCount <= GREETING_OF_PUSH.length; byteCount++) {
      leaveAfter(Arrays.copyOf(GREETING_OF_PUSH, byteCount));
      long gone = 1L + byteCount;
      Await.until(() -> closedCount() == gone);
    }
    Await.until(() -> Mappings.descriptorCount() <= descriptors);
    Await.until(() -> Mappings.regionCount() <= regions);
    assertStillServing();
  }

  private long closedCount() {
    return pull.statistics().closesByReason().getOrDefault("PEER_CLOSED", 0L);
  }

  private void leaveAfter(byte[] bytes) {
    try (SharedMemory memory = region(NAME, REGION_BYTE_SIZE, MAGIC);
        Doorbell doorbell = Doorbell.open();
        Descriptor socket = UnixSocket.connect(UnixAddress.ofPath(path.toString()));
        Arena arena = Arena.ofConfined()) {
      UnixSocket.sendDescriptors(
          socket,
          arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes),
          memory.descriptor().fd(),
          doorbell.button().fd());
    }
  }

  @Test
  void region_withoutADoorbell_isRefused() {
    try (SharedMemory memory = SharedMemory.create(NAME, REGION_BYTE_SIZE)) {
      greetPassing(memory.descriptor().fd());
    }
    assertStillServing();
  }

  @Test
  void doorbell_thatIsNone_isRefused() {
    try (SharedMemory memory = SharedMemory.create(NAME, REGION_BYTE_SIZE);
        SharedMemory button = SharedMemory.create("button", 1)) {
      greetPassing(memory.descriptor().fd(), button.descriptor().fd());
    }
    assertStillServing();
  }

  @Test
  void doorbell_fullOfRings_holdsNobodyUp() {
    try (Scribbler scribbler = new Scribbler(NAME, REGION_BYTE_SIZE, MAGIC)) {
      Await.openPipes(pull, 1);
      for (int ring = 0; ring < 100_000; ring++) {
        scribbler.ring();
      }
      assertStillServing();
    }
  }

  @Test
  void region_ofAnotherVersion_isRefused() {
    try (Scribbler scribbler = new Scribbler(NAME, REGION_BYTE_SIZE, MAGIC + 1)) {
      Await.closed(pull, "MALFORMED_FRAME");
      assertThat(scribbler.theirs.byteSize()).isPositive();
    }
    assertStillServing();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void regions_scribbledOver_harmNobodyElse(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      try (Scribbler scribbler = new Scribbler(NAME, REGION_BYTE_SIZE, MAGIC)) {
        for (int stroke = 0; stroke < 50; stroke++) {
          scribbler.scribble(random);
        }
      }
    }
    assertStillServing();
  }
}
