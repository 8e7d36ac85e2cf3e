package dev.aeon.slabs.codegen;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;

/**
 * The option {@code (aeon.slab)} of a field, which bounds what Protobuf leaves open (see {@code
 * aeon/slab.proto}). It is read from the fields that nobody has declared, so that descriptors of
 * any origin serve.
 *
 * @param maxBytes of one string, 0 where it is not said
 * @param maxCount of a repeated field, 0 where it is not said
 */
record FieldBounds(int maxBytes, int maxCount) {
  private static final int OPTION_NUMBER = 51901;
  private static final int MAX_BYTES_NUMBER = 1;
  private static final int MAX_COUNT_NUMBER = 2;

  static FieldBounds of(FieldDescriptor field) {
    List<com.google.protobuf.ByteString> stated =
        field
            .toProto()
            .getOptions()
            .getUnknownFields()
            .getField(OPTION_NUMBER)
            .getLengthDelimitedList();
    if (stated.isEmpty()) {
      return new FieldBounds(0, 0);
    }
    try {
      UnknownFieldSet option = UnknownFieldSet.parseFrom(stated.getLast());
      return new FieldBounds(
          number(field, option, MAX_BYTES_NUMBER), number(field, option, MAX_COUNT_NUMBER));
    } catch (InvalidProtocolBufferException malformed) {
      throw new SchemaException(
          "option (aeon.slab) is malformed: field=" + field.getFullName(), malformed);
    }
  }

  private static int number(FieldDescriptor field, UnknownFieldSet option, int number) {
    List<Long> values = option.getField(number).getVarintList();
    long value = values.isEmpty() ? 0 : values.getLast();
    if (value < 0 || value > RecordLayout.MAX_BYTES) {
      throw new SchemaException(
          "bound of option (aeon.slab) is out of range: field=%s value=%d max=%d"
              .formatted(field.getFullName(), value, RecordLayout.MAX_BYTES));
    }
    return (int) value;
  }
}
