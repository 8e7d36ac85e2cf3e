package dev.aeon.spoke.compile;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.function.Consumer;

/** Reaches every part of a file's descriptor, inner ones first, but what is about its source. */
final class DescriptorWalk {
  private DescriptorWalk() {}

  static FileDescriptorProto.Builder change(
      FileDescriptorProto file, Consumer<Message.Builder> change) {
    FileDescriptorProto.Builder builder = file.toBuilder();
    visit(builder, change);
    return builder;
  }

  private static void visit(Message.Builder part, Consumer<Message.Builder> change) {
    for (FieldDescriptor field : List.copyOf(part.getAllFields().keySet())) {
      if (isPart(field)) {
        visit(part, field, change);
      }
    }
    change.accept(part);
  }

  private static void visit(
      Message.Builder whole, FieldDescriptor field, Consumer<Message.Builder> change) {
    if (!field.isRepeated()) {
      visit(whole.getFieldBuilder(field), change);
      return;
    }
    for (int i = 0; i < whole.getRepeatedFieldCount(field); i++) {
      visit(whole.getRepeatedFieldBuilder(field, i), change);
    }
  }

  private static boolean isPart(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && !field.isExtension()
        && !field.getFullName().equals("google.protobuf.FileDescriptorProto.source_code_info");
  }
}
