package dev.aeon.slabs.codegen;

import com.google.protobuf.Descriptors.FieldDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A field and its place.
 *
 * @param descriptor what the schema says
 * @param kind of its value
 * @param bounds of its option
 * @param byteOffset of its value in the record; of its count where it is repeated
 * @param firstByteOffset of its first element where it is repeated, else as {@code byteOffset}
 * @param elementByteSize from one element to the next
 * @param presenceBit its bit among those at the beginning of the record, -1 where it has none
 * @param inner layout of its message where it is one
 */
record RecordField(
    FieldDescriptor descriptor,
    FieldKind kind,
    FieldBounds bounds,
    int byteOffset,
    int firstByteOffset,
    int elementByteSize,
    int presenceBit,
    @Nullable RecordLayout inner) {
  private static final int WORD_BITS = 32;

  boolean isRepeated() {
    return descriptor.isRepeated();
  }

  boolean hasPresence() {
    return presenceBit >= 0;
  }

  /** Offset of the word with the presence bit. */
  int presenceByteOffset() {
    return presenceBit / WORD_BITS * Integer.BYTES;
  }

  /** The presence bit in its word. */
  int presenceMask() {
    return 1 << presenceBit % WORD_BITS;
  }

  /** What the layout is identified by: whoever agrees on this agrees on every byte. */
  String identity() {
    return "%d %s %s %s at %d %d step %d bytes %d count %d presence %d inner %s"
        .formatted(
            descriptor.getNumber(),
            descriptor.getName(),
            descriptor.getType(),
            descriptor.isRepeated(),
            byteOffset,
            firstByteOffset,
            elementByteSize,
            bounds.maxBytes(),
            bounds.maxCount(),
            presenceBit,
            inner == null ? "" : Long.toHexString(inner.schemaId()));
  }
}
