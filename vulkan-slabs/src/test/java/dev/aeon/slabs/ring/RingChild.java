package dev.aeon.slabs.ring;

import dev.aeon.slabs.ChildJvm;
import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.memory.SlabTicket;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One end of a ring in a process of its own, which works until it has done as much as was asked, or
 * is killed.
 */
final class RingChild {
  private RingChild() {}

  /** Starts a process; its complaints are this one's. */
  static Process start(String role, Object... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(role);
    Arrays.stream(arguments).map(String::valueOf).forEach(words::add);
    return ChildJvm.of(RingChild.class, List.of("-Xmx64m"), words)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] arguments) {
    try (SlabDevice device = SlabDevice.open(DevicePreference.HOST)) {
      Slab slab = device.openShared(SlabTicket.parse(arguments[1]));
      switch (arguments[0]) {
        case "spsc-producer" ->
            produce(
                SpscRing.attach(slab).producer(), 1, number(arguments, 2), number(arguments, 3));
        case "mpmc-producer" ->
            produce(MpmcRing.attach(slab).producer(), number(arguments, 2), 0, Long.MAX_VALUE);
        case "mpmc-consumer" ->
            consume(
                MpmcRing.attach(slab).consumer(),
                SpscRing.attach(device.openShared(SlabTicket.parse(arguments[2]))).producer());
        case "spsc-consumer" ->
            consume(
                SpscRing.attach(slab).consumer(),
                SpscRing.attach(device.openShared(SlabTicket.parse(arguments[2]))).producer());
        case "replicated-producer" ->
            produce(
                ReplicatedRing.producer(copies(slab, device, arguments[2])),
                1,
                number(arguments, 3),
                Long.MAX_VALUE);
        case "replicated-consumer" ->
            consume(
                ReplicatedRing.consumer(copies(slab, device, arguments[2])),
                SpscRing.attach(device.openShared(SlabTicket.parse(arguments[3]))).producer());
        case "subscriber" -> listen(BroadcastRing.attach(slab).subscribe(), number(arguments, 2));
        default -> throw new IllegalArgumentException("role is unknown: role=" + arguments[0]);
      }
    }
  }

  private static List<MemorySegment> copies(Slab first, SlabDevice device, String ticket) {
    return List.of(first.segment(), device.openShared(SlabTicket.parse(ticket)).segment());
  }

  private static long number(String[] arguments, int index) {
    return Long.parseLong(arguments[index]);
  }

  /** Writes the records from {@code first} to before {@code end}. */
  static void produce(RingProducer producer, long writer, long first, long end) {
    for (long number = first; number < end; number++) {
      long byteOffset = claim(producer, CheckedRecord.byteSizeOf(number));
      CheckedRecord.write(producer.segment(), byteOffset, writer, number);
      producer.commit();
    }
  }

  /** Tells of each record before it is released. */
  private static void consume(RingConsumer consumer, RingProducer told) {
    while (true) {
      long byteOffset = consumer.peek();
      if (byteOffset == RingConsumer.EMPTY) {
        InThreads.letOthersRun();
        continue;
      }
      long number = CheckedRecord.check(consumer.segment(), byteOffset, consumer.peekedByteSize());
      long toldOffset = claim(told, CheckedRecord.byteSizeOf(number));
      CheckedRecord.write(told.segment(), toldOffset, 9, number);
      told.commit();
      consumer.release();
    }
  }

  /** Reads as many records without a gap, from whichever comes first. */
  private static void listen(BroadcastConsumer subscriber, long count) {
    long[] next = {-1};
    RecordHandler check =
        (memory, byteOffset, byteSize) -> {
          long number = CheckedRecord.check(memory, byteOffset, byteSize);
          if (next[0] >= 0 && number != next[0]) {
            throw new AssertionError("number=" + number + " expected=" + next[0]);
          }
          next[0] = number + 1;
        };
    for (long read = 0; read < count; ) {
      int drained = subscriber.drain(check, (int) Math.min(64, count - read));
      read += drained;
      if (drained == 0) {
        InThreads.letOthersRun();
      }
    }
    subscriber.close();
  }

  private static long claim(RingProducer producer, int byteSize) {
    long byteOffset = producer.claim(byteSize);
    while (byteOffset == RingProducer.FULL) {
      InThreads.letOthersRun();
      byteOffset = producer.claim(byteSize);
    }
    return byteOffset;
  }
}
