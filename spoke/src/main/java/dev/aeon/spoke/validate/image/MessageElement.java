package dev.aeon.spoke.validate.image;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message; a map field's entry is one as well. */
public final class MessageElement extends Element {
  /** The highest field number, and that of a message set. */
  public static final int MAX_NUMBER = 536_870_911;

  public static final int MAX_MESSAGE_SET_NUMBER = Integer.MAX_VALUE - 1;

  private static final int FIELDS = 2;
  private static final int NESTED = 3;
  private static final int ENUMS = 4;
  private static final int EXTENSIONS = 6;
  private static final int OPTIONS = 7;
  private static final int FEATURES = 12;
  private static final int ONEOFS = 8;

  private final DescriptorProto proto;
  private final Features features;
  private final List<OneofElement> oneofs;
  private final List<FieldElement> fields;
  private final List<FieldElement> extensions;
  private final List<MessageElement> messages;
  private final List<EnumElement> enums;

  MessageElement(
      ImageFile file, @Nullable MessageElement parent, int[] path, DescriptorProto proto) {
    super(file, parent, path, proto.getName());
    this.proto = proto;
    Features around = parent == null ? file.features() : parent.features;
    this.features = around.with(proto.getOptions().getFeatures());
    this.oneofs = new ArrayList<>(proto.getOneofDeclCount());
    for (int i = 0; i < proto.getOneofDeclCount(); i++) {
      oneofs.add(new OneofElement(this, child(path, ONEOFS, i), proto.getOneofDecl(i)));
    }
    this.fields = new ArrayList<>(proto.getFieldCount());
    for (int i = 0; i < proto.getFieldCount(); i++) {
      addField(child(path, FIELDS, i), proto.getField(i));
    }
    this.extensions = new ArrayList<>(proto.getExtensionCount());
    for (int i = 0; i < proto.getExtensionCount(); i++) {
      int[] place = child(path, EXTENSIONS, i);
      extensions.add(new FieldElement(file, this, place, proto.getExtension(i), null));
    }
    this.messages = new ArrayList<>(proto.getNestedTypeCount());
    for (int i = 0; i < proto.getNestedTypeCount(); i++) {
      messages.add(new MessageElement(file, this, child(path, NESTED, i), proto.getNestedType(i)));
    }
    this.enums = new ArrayList<>(proto.getEnumTypeCount());
    for (int i = 0; i < proto.getEnumTypeCount(); i++) {
      enums.add(new EnumElement(file, this, child(path, ENUMS, i), proto.getEnumType(i)));
    }
  }

  private void addField(int[] path, FieldDescriptorProto field) {
    OneofElement oneof =
        field.hasOneofIndex() && field.getOneofIndex() >= 0 && field.getOneofIndex() < oneofs.size()
            ? oneofs.get(field.getOneofIndex())
            : null;
    FieldElement element = new FieldElement(file(), this, path, field, oneof);
    fields.add(element);
    if (oneof != null) {
      oneof.add(element);
    }
  }

  public DescriptorProto proto() {
    return proto;
  }

  public List<FieldElement> fields() {
    return fields;
  }

  public List<FieldElement> extensions() {
    return extensions;
  }

  public List<OneofElement> oneofs() {
    return oneofs;
  }

  public List<MessageElement> messages() {
    return messages;
  }

  public List<EnumElement> enums() {
    return enums;
  }

  public boolean isMapEntry() {
    return proto.getOptions().getMapEntry();
  }

  /** The highest number its fields may have. */
  public int maxNumber() {
    return proto.getOptions().getMessageSetWireFormat() ? MAX_MESSAGE_SET_NUMBER : MAX_NUMBER;
  }

  /** Where {@code no_standard_descriptor_accessor} is set. */
  public @Nullable Place accessorPlace() {
    return placeOf(OPTIONS, 2);
  }

  /** Where its JSON format is set. */
  public @Nullable Place jsonFormatPlace() {
    return optionPlace(2, OPTIONS, FEATURES, 6);
  }

  /** The nested message a map field's type name means, or null where it is no map entry. */
  @Nullable MessageElement mapEntry(String typeName) {
    for (MessageElement message : messages) {
      if (message.isMapEntry() && typeName.equals("." + message.fullName())) {
        return message;
      }
    }
    return null;
  }

  /** A map's entry comes from the map field's type. */
  @Override
  @Nullable Place placeAround() {
    MessageElement message = parent();
    if (!isMapEntry() || message == null || file().locations().isEmpty()) {
      return null;
    }
    return message.fields.stream()
        .filter(field -> field.typeName().equals(fullName()))
        .findFirst()
        .map(FieldElement::typeNamePlace)
        .orElse(null);
  }

  @Override
  public Features features() {
    return features;
  }
}
