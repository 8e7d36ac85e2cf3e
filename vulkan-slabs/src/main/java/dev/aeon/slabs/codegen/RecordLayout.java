package dev.aeon.slabs.codegen;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where each field of a message lies. Bits for fields that may be absent come first, in words of
 * 32; then the fields by number, each aligned to its size, so that a field with a new highest
 * number moves no other, unless it needs the first bit of a further word.
 *
 * @param message the message
 * @param fields by number
 * @param byteSize of the record, a multiple of 8
 * @param schemaId the first 8 bytes of the SHA-256 of every name, type and place
 */
record RecordLayout(Descriptor message, List<RecordField> fields, int byteSize, long schemaId) {
  /**
   * Of a record; a bound below the reach of {@code int}, so that offsets are sums without checks.
   */
  static final int MAX_BYTES = 1 << 28;

  private static final int ALIGNMENT_BYTES = 8;
  private static final int WORD_BITS = 32;

  private static RecordLayout of(Descriptor message, List<RecordField> fields, int byteSize) {
    StringBuilder identity = new StringBuilder(message.getFullName());
    fields.forEach(field -> identity.append('\n').append(field.identity()));
    long schemaId = ByteBuffer.wrap(sha256(identity.toString())).getLong();
    return new RecordLayout(message, fields, byteSize, schemaId);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** Lays messages out, each once. */
  static final class Planner {
    private final Map<Descriptor, RecordLayout> done = new HashMap<>();
    private final Set<Descriptor> begun = new HashSet<>();

    /**
     * Lays a message out.
     *
     * @throws SchemaException where it has no fixed layout
     */
    RecordLayout plan(Descriptor message) {
      RecordLayout layout = done.get(message);
      if (layout == null) {
        if (!begun.add(message)) {
          throw new SchemaException(
              "message holds itself, so it has no fixed size: message=" + message.getFullName());
        }
        layout = new Places(message, this).plan();
        done.put(message, layout);
      }
      return layout;
    }
  }

  /** Gives out places, first to last. */
  private static final class Places {
    private final Descriptor message;
    private final Planner planner;
    private final List<RecordField> fields = new ArrayList<>();
    private long end;
    private int presenceBits;

    Places(Descriptor message, Planner planner) {
      this.message = message;
      this.planner = planner;
    }

    RecordLayout plan() {
      List<FieldDescriptor> byNumber =
          message.getFields().stream()
              .sorted(Comparator.comparingInt(FieldDescriptor::getNumber))
              .toList();
      long present = byNumber.stream().filter(Places::hasPresence).count();
      end = Math.ceilDiv(present, WORD_BITS) * Integer.BYTES;
      byNumber.forEach(this::add);
      int byteSize = Math.max(take(0, ALIGNMENT_BYTES), ALIGNMENT_BYTES);
      return RecordLayout.of(message, List.copyOf(fields), byteSize);
    }

    private static boolean hasPresence(FieldDescriptor field) {
      return field.hasPresence() && !field.isRepeated();
    }

    private void add(FieldDescriptor field) {
      requireFixed(field);
      FieldKind kind = FieldKind.of(field);
      FieldBounds bounds = FieldBounds.of(field);
      requireBounds(field, kind, bounds);
      int alignment = alignmentOf(kind);
      RecordLayout inner = kind == FieldKind.MESSAGE ? planner.plan(field.getMessageType()) : null;
      int step = stepOf(kind, bounds, alignment, inner);
      int bit = hasPresence(field) ? presenceBits++ : -1;
      if (field.isRepeated()) {
        int count = take(FieldKind.COUNT_BYTES, FieldKind.COUNT_BYTES);
        int first = take((long) step * bounds.maxCount(), alignment);
        fields.add(new RecordField(field, kind, bounds, count, first, step, bit, inner));
      } else {
        int place = take(step, alignment);
        fields.add(new RecordField(field, kind, bounds, place, place, step, bit, inner));
      }
    }

    private static int alignmentOf(FieldKind kind) {
      if (kind == FieldKind.MESSAGE) {
        return ALIGNMENT_BYTES;
      }
      return kind.isString() ? FieldKind.COUNT_BYTES : kind.byteSize();
    }

    /** Bytes of one value, so that the next is aligned as well. */
    private static int stepOf(
        FieldKind kind, FieldBounds bounds, int alignment, @Nullable RecordLayout inner) {
      if (inner != null) {
        return inner.byteSize();
      }
      return kind.isString()
          ? Math.ceilDiv(FieldKind.COUNT_BYTES + bounds.maxBytes(), alignment) * alignment
          : kind.byteSize();
    }

    /** The next aligned bytes. */
    private int take(long byteSize, int alignment) {
      long from = Math.ceilDiv(end, alignment) * alignment;
      end = from + byteSize;
      if (end > MAX_BYTES) {
        throw new SchemaException(
            "record is too large: message=%s byteSize=%d max=%d"
                .formatted(message.getFullName(), end, MAX_BYTES));
      }
      return (int) from;
    }

    private static void requireFixed(FieldDescriptor field) {
      if (field.isMapField()) {
        throw new SchemaException(
            "a map has no fixed layout, use a repeated message: field=" + field.getFullName());
      }
      if (field.getType() == FieldDescriptor.Type.GROUP) {
        throw new SchemaException("groups have no layout: field=" + field.getFullName());
      }
      if (field.hasDefaultValue()) {
        throw new SchemaException(
            "a default other than zero has no layout: field=" + field.getFullName());
      }
    }

    private static void requireBounds(FieldDescriptor field, FieldKind kind, FieldBounds bounds) {
      if (kind.isString() && bounds.maxBytes() == 0) {
        throw new SchemaException(
            "string has no bound, say [(aeon.slab).max_bytes = N]: field=" + field.getFullName());
      }
      if (field.isRepeated() && bounds.maxCount() == 0) {
        throw new SchemaException(
            "repeated field has no bound, say [(aeon.slab).max_count = N]: field="
                + field.getFullName());
      }
    }
  }
}
