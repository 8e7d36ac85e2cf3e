package dev.aeon.spoke.validate.image;

import com.google.protobuf.DescriptorProtos.FeatureSet.FieldPresence;
import com.google.protobuf.DescriptorProtos.FeatureSet.MessageEncoding;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import org.jspecify.annotations.Nullable;

/** A field of a message, or an extension. */
public final class FieldElement extends Element {
  private static final int NUMBER = 3;
  private static final int TYPE = 5;
  private static final int TYPE_NAME = 6;
  private static final int DEFAULT = 7;
  private static final int OPTIONS = 8;
  private static final int JSON_NAME = 10;
  private static final int CTYPE_OPTION = 1;
  private static final int JSTYPE_OPTION = 6;
  private static final int FEATURES = 21;
  private static final int UTF8_FEATURE = 4;
  private static final int CPP_FEATURES = 1000;
  private static final int JAVA_FEATURES = 1001;

  private final FieldDescriptorProto proto;
  private final @Nullable OneofElement oneof;

  FieldElement(
      ImageFile file,
      @Nullable MessageElement parent,
      int[] path,
      FieldDescriptorProto proto,
      @Nullable OneofElement oneof) {
    super(file, parent, path, proto.getName());
    this.proto = proto;
    this.oneof = oneof;
  }

  public FieldDescriptorProto proto() {
    return proto;
  }

  public int number() {
    return proto.getNumber();
  }

  public @Nullable OneofElement oneof() {
    return oneof;
  }

  public boolean isExtension() {
    return proto.hasExtendee();
  }

  /** The full name of the message that it extends, without a dot in front. */
  public String extendee() {
    return withoutDot(proto.getExtendee());
  }

  /** The full name of its message or enum type, without a dot in front; else empty. */
  public String typeName() {
    return withoutDot(proto.getTypeName());
  }

  static String withoutDot(String name) {
    return name.startsWith(".") ? name.substring(1) : name;
  }

  /** The type on the wire: a message encoded with delimiters counts as a group. */
  public FieldDescriptorProto.Type kind() {
    boolean isDelimited =
        proto.getType() == FieldDescriptorProto.Type.TYPE_MESSAGE
            && features().standard().getMessageEncoding() == MessageEncoding.DELIMITED;
    return isDelimited && !isMap() && !isInMapEntry()
        ? FieldDescriptorProto.Type.TYPE_GROUP
        : proto.getType();
  }

  public boolean isMap() {
    MessageElement message = parent();
    return proto.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED
        && proto.getType() == FieldDescriptorProto.Type.TYPE_MESSAGE
        && !isExtension()
        && message != null
        && message.mapEntry(proto.getTypeName()) != null;
  }

  public boolean isList() {
    return proto.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED && !isMap();
  }

  public boolean isInMapEntry() {
    MessageElement message = parent();
    return !isExtension() && message != null && message.isMapEntry();
  }

  public boolean isRequired() {
    return proto.getLabel() == FieldDescriptorProto.Label.LABEL_REQUIRED
        || (proto.getLabel() == FieldDescriptorProto.Label.LABEL_OPTIONAL
            && features().standard().getFieldPresence() == FieldPresence.LEGACY_REQUIRED);
  }

  /** Whether a message tells an unset field from one with the default value. */
  public boolean hasPresence() {
    return proto.getLabel() != FieldDescriptorProto.Label.LABEL_REPEATED
        && (isExtension()
            || oneof != null
            || isMessage()
            || features().standard().getFieldPresence() != FieldPresence.IMPLICIT);
  }

  public boolean isMessage() {
    return proto.getType() == FieldDescriptorProto.Type.TYPE_MESSAGE
        || proto.getType() == FieldDescriptorProto.Type.TYPE_GROUP;
  }

  public @Nullable Place numberPlace() {
    return placeOf(NUMBER);
  }

  /** Where its scalar type stands. */
  public @Nullable Place typePlace() {
    return orAround(placeOf(TYPE));
  }

  /** Where the name of its message or enum type stands. */
  public @Nullable Place typeNamePlace() {
    return orAround(placeOf(TYPE_NAME));
  }

  /** Where its default is set: from the word on where the text is known, else the value alone. */
  public @Nullable Place defaultPlace() {
    Place value = placeOf(DEFAULT);
    return value == null ? null : DefaultWord.widen(value);
  }

  public @Nullable Place jsonNamePlace() {
    return placeOf(JSON_NAME);
  }

  public @Nullable Place ctypePlace() {
    return placeOf(OPTIONS, CTYPE_OPTION);
  }

  public @Nullable Place jstypePlace() {
    return placeOf(OPTIONS, JSTYPE_OPTION);
  }

  public @Nullable Place utf8ValidationPlace() {
    return optionPlace(2, OPTIONS, FEATURES, UTF8_FEATURE);
  }

  public @Nullable Place cppStringTypePlace() {
    return optionPlace(2, OPTIONS, FEATURES, CPP_FEATURES, 2);
  }

  public @Nullable Place javaUtf8ValidationPlace() {
    return optionPlace(2, OPTIONS, FEATURES, JAVA_FEATURES, 2);
  }

  @Override
  @Nullable Place placeAround() {
    MessageElement message = parent();
    return message == null ? null : message.placeAround();
  }

  @Override
  public Features features() {
    MessageElement message = parent();
    Features around =
        oneof != null ? oneof.features() : message == null ? file().features() : message.features();
    return around.with(proto.getOptions().getFeatures());
  }
}
