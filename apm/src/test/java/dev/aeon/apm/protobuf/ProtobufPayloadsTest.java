package dev.aeon.apm.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.StringValue;
import com.google.protobuf.WrappersProto;
import dev.aeon.apm.Samples;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.schema.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Protobuf in, the same Protobuf out, by whoever has the schema. */
class ProtobufPayloadsTest {
  private static final SchemaReference ORDER = new SchemaReference("order", "v1.0.0");
  private final ProtobufPayloads payloads =
      new ProtobufPayloads(
          schema -> schema.equals(ORDER) ? Optional.of(descriptors()) : Optional.empty());

  /** Two files, the importing one first. */
  private static FileDescriptorSet descriptors() {
    FieldDescriptorProto text =
        FieldDescriptorProto.newBuilder()
            .setName("text")
            .setNumber(1)
            .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
            .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
            .setTypeName(".google.protobuf.StringValue")
            .build();
    FileDescriptorProto order =
        FileDescriptorProto.newBuilder()
            .setName("order.proto")
            .setPackage("order.v1")
            .setSyntax("proto3")
            .addDependency("google/protobuf/wrappers.proto")
            .addMessageType(DescriptorProto.newBuilder().setName("Order").addField(text))
            .build();
    return FileDescriptorSet.newBuilder()
        .addFile(order)
        .addFile(WrappersProto.getDescriptor().toProto())
        .build();
  }

  @Test
  void unpack_byTheSchema_isTheSameMessage() {
    JsonObject packed = ProtobufPayloads.pack(ORDER, StringValue.of("a ¶"));
    Message message =
        Message.builder()
            .sender(Samples.MANAGER)
            .receiver(Samples.WORKER)
            .payload(ProtobufPayloads.packCustom("CUSTOM_ORDER", ORDER, StringValue.of("a ¶")))
            .build();
    JsonObject received =
        Message.of(JsonCodec.decode(JsonCodec.encode(message)).fields()).payload().fields();
    assertThat(received).isEqualTo(packed);
    DynamicMessage dynamic = payloads.unpack(received);
    assertThat(dynamic.toByteString()).isEqualTo(StringValue.of("a ¶").toByteString());
    assertThat(ProtobufPayloads.unpack(received, StringValue.getDefaultInstance()))
        .isEqualTo(StringValue.of("a ¶"));
  }

  @Test
  void unpack_typeOfAnImportingFile_isFound() {
    JsonObject object = object(ORDER.toString(), "order.v1.Order", "CgMKAWE=");
    assertThat(payloads.unpack(object).toString()).contains("value: \"a\"");
  }

  @Test
  void unpack_unknownSchemaTypeOrBytes_isRefusedByName() {
    assertRefused(object("other@v1", "order.v1.Order", ""), "no such schema");
    assertRefused(object("order@v1.0.0", "order.v1.Nothing", ""), "no such type");
    assertRefused(object("order", "order.v1.Order", ""), "module@version");
    assertRefused(object("../../etc@v1", "order.v1.Order", ""), "module@version");
    assertRefused(object("order@v1.0.0", "order.v1.Order", "%%%"), "not a Protobuf message");
    assertRefused(object("order@v1.0.0", "order.v1.Order", "Cv8="), "not a Protobuf message");
    assertRefused(JsonObject.empty(), "not a Protobuf message");
  }

  @Test
  void unpack_compiledTypeOfAnotherName_isRefused() {
    JsonObject object = object(ORDER.toString(), "order.v1.Order", "");
    assertThatThrownBy(() -> ProtobufPayloads.unpack(object, StringValue.getDefaultInstance()))
        .isInstanceOf(ProtobufException.class)
        .hasMessageContaining("another type");
  }

  @Test
  void unpack_schemaWithoutItsImport_isRefused() {
    FileDescriptorSet alone =
        FileDescriptorSet.newBuilder().addFile(descriptors().getFile(0)).build();
    ProtobufPayloads broken = new ProtobufPayloads(_ -> Optional.of(alone));
    assertThatThrownBy(() -> broken.unpack(object("order@v1.0.0", "order.v1.Order", "")))
        .hasMessageContaining("import is missing");
  }

  private void assertRefused(JsonObject object, String reason) {
    assertThatThrownBy(() -> payloads.unpack(object))
        .isInstanceOf(ProtobufException.class)
        .hasMessageContaining(reason);
  }

  private static JsonObject object(String schema, String type, String protobuf) {
    return JsonObject.builder()
        .put("schema", schema)
        .put("type", type)
        .put("protobuf", protobuf)
        .build();
  }
}
