package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Payloads as text. */
final class Texts {
  private Texts() {}

  static MemorySegment bytes(String text) {
    return MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8));
  }

  static void stage(RingProducer producer, String text) {
    MemorySegment payload = bytes(text);
    long byteOffset = producer.claim((int) payload.byteSize());
    MemorySegment.copy(payload, 0, producer.segment(), byteOffset, payload.byteSize());
    producer.stage();
  }

  static String peek(RingConsumer consumer) {
    return at(consumer.segment(), consumer.peek(), consumer.peekedByteSize());
  }

  static List<String> drain(RingConsumer consumer, int limit) {
    List<String> texts = new ArrayList<>();
    consumer.drain((memory, offset, size) -> texts.add(at(memory, offset, size)), limit);
    return texts;
  }

  static String at(MemorySegment memory, long byteOffset, int byteSize) {
    byte[] bytes = memory.asSlice(byteOffset, byteSize).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
