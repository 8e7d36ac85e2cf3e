package dev.aeon.apm.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.aeon.apm.message.Custom;
import dev.aeon.apm.schema.FieldRule;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Schema;
import java.util.Base64;
import java.util.NoSuchElementException;

/**
 * Protobuf messages within JSON: an object of {@code schema} ({@code module@version}), {@code type}
 * (the full name) and {@code protobuf} (base 64), as a custom message's payload or anywhere in
 * another's. Who has not got the type compiled reads it by the schema. Thread-safe.
 */
public final class ProtobufPayloads {
  private static final Schema FIELDS =
      Schema.empty()
          .required("schema", FieldRules.text())
          .required("type", FieldRules.text())
          .required("protobuf", FieldRules.string());

  private final SchemaCache schemas;

  /** Reads by the schemas of {@code source}. */
  public ProtobufPayloads(SchemaSource source) {
    this.schemas = new SchemaCache(source);
  }

  /** The rules of such an object, for a custom type's payload. */
  public static FieldRule rules() {
    return FIELDS;
  }

  /** The object that holds {@code message}. */
  public static JsonObject pack(SchemaReference schema, Message message) {
    return JsonObject.builder()
        .put("schema", schema.toString())
        .put("type", message.getDescriptorForType().getFullName())
        .put("protobuf", Base64.getEncoder().encodeToString(message.toByteArray()))
        .build();
  }

  /** As {@link #pack}, as the payload of a custom type. */
  public static Custom packCustom(String typeName, SchemaReference schema, Message message) {
    return new Custom(typeName, pack(schema, message));
  }

  /**
   * Reads a message by the schema that the object names.
   *
   * @throws ProtobufException where the object is not of the form, its schema or type is not known,
   *     or its bytes are not of that type
   */
  public DynamicMessage unpack(JsonObject object) {
    try {
      Descriptor type =
          schemas.type(SchemaReference.parse(object.string("schema")), object.string("type"));
      return DynamicMessage.parseFrom(type, bytes(object));
    } catch (InvalidProtocolBufferException | IllegalArgumentException | NoSuchElementException e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads a message of a type that is compiled in; its schema is not asked for.
   *
   * @throws ProtobufException where the object holds another type, or bytes that are not of it
   */
  public static <M extends Message> M unpack(JsonObject object, M prototype) {
    String expected = prototype.getDescriptorForType().getFullName();
    if (!object.says("type", expected)) {
      throw new ProtobufException("another type: expected=" + expected);
    }
    try {
      @SuppressWarnings("unchecked") // a message's parser makes messages of its class
      M message = (M) prototype.getParserForType().parseFrom(bytes(object));
      return message;
    } catch (InvalidProtocolBufferException | IllegalArgumentException | NoSuchElementException e) {
      throw unreadable(e);
    }
  }

  private static byte[] bytes(JsonObject object) {
    return Base64.getDecoder().decode(object.string("protobuf"));
  }

  private static ProtobufException unreadable(Exception cause) {
    return new ProtobufException("not a Protobuf message: cause=" + cause.getMessage(), cause);
  }
}
